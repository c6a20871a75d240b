"""Preparing a round until it can be launched."""
