"""Fictional outlets of our own, served over real HTTP on loopback: the demo's internet, and the tests'."""
