"""The one way out to the network: a client that guards its addresses, paces its hosts and obeys robots.txt."""
