"""Files of other systems → facts and problems: no database, no clock, no network."""
