"""The IPTC Media Topics, and the watch topics of the analyst."""
