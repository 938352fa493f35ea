"""The arithmetic of the product: pure functions that know no Django, no records and no clock."""
