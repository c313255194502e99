"""Every limit of intake in one table; the unit is in the name, the reason beside it."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What intake takes in, how long and with how much it works on it."""

    # uploads without an account
    file_bytes_max: int = 20 * MB  # the longest published form at hand has 0.4 MB
    files_at_once_max: int = 20  # a unit's yearly set of forms
    uploads_per_minute_per_address_max: int = 10  # a person reads a result between two uploads
    shared_result_days: int = 7  # long enough to pass a link to a colleague and discuss it

    # the machine
    parsers_at_once_max: int = 2  # two cores; more only make everybody slower
    wait_for_parser_seconds: float = 60.0  # then "busy" is kinder than a page that hangs

    # the child process that parses
    child_memory_bytes_max: int = 512 * MB  # of address space
    child_cpu_seconds_max: int = 30
    child_wall_seconds_max: float = 60.0  # twice the CPU time: two children share two cores
    child_open_files_max: int = 64
    child_written_bytes_max: int = 0  # a parser has nothing to write to disk
    result_bytes_max: int = 64 * MB  # the forms of the largest permitted file, as JSON

    # the converter of old Word files, which needs room of its own (see docs/explanation/intake.md)
    converter_wall_seconds_max: float = 60.0
    converter_cpu_seconds_max: int = 40
    converter_memory_bytes_max: int = 4096 * MB  # address space, of which it touches 5 %
    converter_written_bytes_max: int = 200 * MB  # its profile and the converted file

    # archives (docx and xlsx are zip files), QUALITY.md F2
    archive_bytes_max: int = 300 * MB  # unpacked, as the directory announces it
    archive_entries_max: int = 2000
    archive_ratio_max: int = 100  # unpacked to packed; honest sheets reach about 30
    archive_ratio_from_bytes: int = 10 * MB  # small parts of blanks may be packed any better
    part_bytes_max: int = 100 * MB  # of one part, counted while unpacking

    # sheets, QUALITY.md F1 and S41
    sheets_max: int = 500
    sheet_rows_max: int = 100_000  # forms have tens of rows; this leaves room for whole lists
    sheet_columns_max: int = 1000
    merged_ranges_max: int = 20_000
    merged_positions_max: int = 1_000_000  # under all merged ranges of a sheet

    # lists of records, of which there are many more than forms have rows
    list_bytes_max: int = 4096 * MB  # CSV, never held whole
    list_line_bytes_max: int = 1 * MB  # a row of a list; a line without end is none
    list_workbook_bytes_max: int = 60 * MB  # 200,000 rows of twelve columns have 15 MB
    list_rows_max: int = 250_000  # of a sheet; a longer list comes as CSV
    list_columns_max: int = 700  # up to ZX
    list_positions_max: int = 4_000_000  # rows times columns: what fits the child's memory

    # what comes out
    cells_max: int = 300_000  # in one document
    pages_max: int = 500
    nesting_max: int = 20  # tables in tables


LIMITS = Limits()
