"""The label stage: which countries, regions and topics an article is about, each with its evidence."""
