"""Files that leave the house sealed: a manifest with the SHA-256 of each, made and checked offline."""

from steadwell.wire.sealed.check import NotWhole, Whole, check
from steadwell.wire.sealed.manifest import MANIFEST, Entry, canonical, sealed
from steadwell.wire.sealed.packet import fault_of
from steadwell.wire.sealed.writing import SealedFolder, SealedZip

__all__ = [
    "MANIFEST",
    "Entry",
    "NotWhole",
    "SealedFolder",
    "SealedZip",
    "Whole",
    "canonical",
    "check",
    "fault_of",
    "sealed",
]
