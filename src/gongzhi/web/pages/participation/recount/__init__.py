"""A published vote counted again by anybody: pictures, tables, reasons; nothing is kept."""
