"""An evidence engine for what is written about patron and client states."""

__version__ = "0.1.0"
