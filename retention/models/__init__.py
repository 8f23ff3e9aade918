"""第9条: what is stored about keeping and erasing: holds, runs, places outside, customers' data."""

from retention.models.entrusted import EntrustedData
from retention.models.hold import LegalHold
from retention.models.place import Place, PlaceCheck, PurgePlace
from retention.models.run import PurgeCount, PurgeRun

__all__ = ["EntrustedData", "LegalHold", "Place", "PlaceCheck", "PurgeCount", "PurgePlace", "PurgeRun"]
