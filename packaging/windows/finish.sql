-- What a package needs and wixl 0.101 cannot say, a statement a line: msibuild, after wixl.

-- When an action runs: wixl knows deferred ones alone. 512: when all else is done, 256: to undo.
UPDATE `CustomAction` SET `Type` = 3602 WHERE `Action` = 'ChainOn'
UPDATE `CustomAction` SET `Type` = 3602 WHERE `Action` = 'ChainNot'
UPDATE `CustomAction` SET `Type` = 3410 WHERE `Action` = 'UndoChainOff'
UPDATE `CustomAction` SET `Type` = 3410 WHERE `Action` = 'UndoBannerOff'
UPDATE `CustomAction` SET `Type` = 3442 WHERE `Action` = 'UndoTaskOn'
UPDATE `CustomAction` SET `Type` = 3442 WHERE `Action` = 'UndoTaskOff'

-- Without the service there is no installation (32768: vital).
UPDATE `ServiceInstall` SET `ErrorControl` = 32769 WHERE `ServiceInstall` = 'AssentService'

-- A value that was not said is not there. wixl reads conditions of the whole product alone.
UPDATE `Component` SET `Condition` = 'SERVICEURL' WHERE `Component` = 'ValueService'
UPDATE `Component` SET `Condition` = 'SERVICEPIN' WHERE `Component` = 'ValueServicePin'
UPDATE `Component` SET `Condition` = 'ONUNAVAILABLE' WHERE `Component` = 'ValueOnUnavailable'
UPDATE `Component` SET `Condition` = 'LOCALACCOUNTS' WHERE `Component` = 'ValueLocalAccounts'
UPDATE `Component` SET `Condition` = 'HELP' WHERE `Component` = 'ValueHelp'
UPDATE `Component` SET `Condition` = 'BANNER' WHERE `Component` = 'ValueBanner'

-- The optional feature, and the library that registers itself.
CREATE TABLE `Condition` (`Feature_` CHAR(38) NOT NULL, `Level` INT NOT NULL, `Condition` CHAR(255) PRIMARY KEY `Feature_`, `Level`)
INSERT INTO `Condition` (`Feature_`, `Level`, `Condition`) VALUES ('Provider', 1, 'PROVIDER = "1"')
CREATE TABLE `SelfReg` (`File_` CHAR(72) NOT NULL, `Cost` INT PRIMARY KEY `File_`)
INSERT INTO `SelfReg` (`File_`, `Cost`) VALUES ('ProviderLibrary', 1)

-- Without rollback Windows runs no action of "at the end" or "to undo": ChainOn would silently not run.
-- Whether it is off is known after InstallInitialize.
INSERT INTO `CustomAction` (`Action`, `Type`, `Target`) VALUES ('NoRollback', 19, 'Rollback is switched off on this computer (DisableRollback): Assent cannot be installed safely. Switch it on, or install with DISABLEROLLBACK not set.')
INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) VALUES ('NoRollback', 'RollbackDisabled AND NOT REMOVE~="ALL"', 1501)

-- What the installer takes from whoever starts it. What it finds out itself is not here, so nobody can say
-- it: so that it need not be carried over either, all of it is found where the work is done, and the part
-- that runs as whoever starts it asks nothing. (msibuild deletes the wrong rows where it deletes several.)
UPDATE `Property` SET `Value` = 'BANNER;CHAIN;HELP;LOCALACCOUNTS;ONUNAVAILABLE;PROVIDER;SERVICEPIN;SERVICEURL' WHERE `Property` = 'SecureCustomProperties'
DELETE FROM `InstallUISequence` WHERE `Action` = 'FindRelatedProducts'
DELETE FROM `InstallUISequence` WHERE `Action` = 'AppSearch'
DELETE FROM `InstallUISequence` WHERE `Action` = 'LaunchConditions'
DELETE FROM `InstallUISequence` WHERE `Action` = 'ValidateProductID'
DELETE FROM `InstallUISequence` WHERE `Action` = 'CostInitialize'
DELETE FROM `InstallUISequence` WHERE `Action` = 'FileCost'
DELETE FROM `InstallUISequence` WHERE `Action` = 'CostFinalize'
DELETE FROM `InstallUISequence` WHERE `Action` = 'MigrateFeatureStates'
