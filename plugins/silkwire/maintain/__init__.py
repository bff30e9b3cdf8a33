"""Maintain: what is done beside the daily flow so that a year of days needs nobody."""
