"""The peer: a plain script that only takes the cells out, with python-docx and openpyxl.

It checks nothing, trusts every file, and prints the same cells that a check has to read.
"""

import json
import sys

import docx
import openpyxl


def cells_of_docx(path: str) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(path).tables
    ]


def cells_of_xlsx(path: str) -> list[list[list[str]]]:
    book = openpyxl.load_workbook(path, data_only=True)
    return [
        [
            ["" if value is None else str(value) for value in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book
    ]


if __name__ == "__main__":
    read = {
        path: cells_of_docx(path) if path.endswith(".docx") else cells_of_xlsx(path)
        for path in sys.argv[1:]
    }
    print(json.dumps(read, ensure_ascii=False))
