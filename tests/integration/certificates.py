"""Certificates for test servers: an authority of its own, and what it signs. Good for a day."""

import datetime
import ipaddress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


def name_of(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def alternative(host):
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class Authority:
    def __init__(self, folder, name="Test CA"):
        self.folder, self.key, self.name = folder, ec.generate_private_key(ec.SECP256R1()), name
        self.file = self._write(name, self._signed(name, self.key, None))

    def issue(self, name, hosts, expired=False):
        """The files of a certificate for `hosts`, and of its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        secret = self.folder / f"{name}.key"
        secret.write_bytes(key.private_bytes(serialization.Encoding.PEM,
                                             serialization.PrivateFormat.PKCS8,
                                             serialization.NoEncryption()))
        return self._write(name, self._signed(name, key, hosts, expired)), secret

    def _write(self, name, certificate):
        path = self.folder / f"{name.replace(' ', '-')}.crt"
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        return path

    def _signed(self, name, key, hosts, expired=False):
        end = datetime.datetime.utcnow() + (-DAY if expired else DAY)
        made = (x509.CertificateBuilder().subject_name(name_of(name))
                .issuer_name(name_of(self.name)).public_key(key.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(end - 3 * DAY).not_valid_after(end)
                .add_extension(x509.BasicConstraints(ca=hosts is None, path_length=None), True))
        if hosts is not None:
            made = made.add_extension(
                x509.SubjectAlternativeName([alternative(host) for host in hosts]), False)
        return made.sign(self.key, hashes.SHA256())
