"""The project: settings, URLs, start-up, and what belongs to no single section of the policy."""

__version__ = "0.1.0"
