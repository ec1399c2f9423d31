"""Fixtures of the integration tests, each in a file of its own."""

from directory_fixture import directory, school  # noqa: F401
from opennds_fixture import opennds  # noqa: F401
from pam_lab_fixture import lab  # noqa: F401
from portal_fixture import own_portal, portal  # noqa: F401
from radius_fixture import own_wifi, wifi  # noqa: F401
from samba_fixture import domain, samba  # noqa: F401
from service_fixture import folder_for_service, own_world, small_world, world  # noqa: F401
from signin_fixture import own_signin, signin  # noqa: F401
from slapd_fixture import slapd  # noqa: F401
