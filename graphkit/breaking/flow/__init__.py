"""Taking least of a flow from sources to buyers away from the investigator: interdiction within a budget."""
