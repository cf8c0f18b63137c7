"""Layouts: how programs stand in a table, column by column, ours and those of the published standards."""
