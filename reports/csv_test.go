package reports

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

func csvRows(t *testing.T, format string, r *Report) (rows [][]string, text string) {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, format, r, Options{}); err != nil {
		t.Fatal(err)
	}
	text = out.String()
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows, text
}

func TestCSV(t *testing.T) {
	rows, text := csvRows(t, "csv-raw", exampleReport())
	if strings.Count(text, "\r\n") != strings.Count(text, "\n") {
		t.Error("a line does not end in CRLF")
	}
	column := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	kinds := map[string]int{}
	var numbers []string
	for _, row := range rows[1:] {
		kinds[column(row, "kind")]++
		if column(row, "kind") == "requirement" {
			numbers = append(numbers, column(row, "requirement"))
		}
		if column(row, "finding_id") == "f-0005" && column(row, "exception_reason") == "" {
			t.Error("the exception of f-0005 is not shown")
		}
	}
	want := []string{"2.2.6", "6.5.1", "7.2.1", "7.2.2", "8.3.1", "8.3.2", "8.3.4", "8.3.7", "8.3.10", "11.5.2", "12.3.3", "A1.1.4"}
	if !slices.Equal(numbers, want) {
		t.Errorf("requirements are %v, want %v", numbers, want)
	}
	// 14 findings of A01 stand under two requirements; the pass is an example.
	if kinds["finding"] != 14*2+7+1 || kinds["change"] != 5 || kinds["result"] != 8 {
		t.Errorf("kinds of rows: %v", kinds)
	}
}

func TestSpreadsheetCells(t *testing.T) {
	for _, c := range [][3]string{
		{"requirement", "8.3.10", "'8.3.10"},
		{"entity", "=HYPERLINK(1)", "'=HYPERLINK(1)"},
		{"entity", " +1", "' +1"},
		{"entity", "-1", "'-1"},
		{"entity", "@SUM", "'@SUM"},
		{"entity", "'quoted", "''quoted"},
		{"entity", "\uff1dcmd", "'\uff1dcmd"},
		{"entity", "a=b", "a=b"},
		{"entity", "", ""},
	} {
		if got := spreadsheetCell(c[0], c[1]); got != c[2] {
			t.Errorf("%s %q became %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if got := spreadsheetCell("message", strings.Repeat("x", 40000)); len(got) > maxCell || !strings.HasSuffix(got, "(cut)") {
		t.Errorf("a long cell has %d characters", len(got))
	}
	raw, _ := csvRows(t, "csv-raw", exampleReport())
	safe, _ := csvRows(t, "csv", exampleReport())
	for i := range raw {
		for j := range raw[i] {
			if strings.TrimPrefix(safe[i][j], "'") != raw[i][j] {
				t.Errorf("row %d, %s: %q and %q differ by more than an apostrophe", i+1, raw[0][j], safe[i][j], raw[i][j])
			}
		}
	}
}
