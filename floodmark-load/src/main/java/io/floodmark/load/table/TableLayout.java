package io.floodmark.load.table;

/// What the operations of a run work on.
///
/// @param sql the statements
/// @param people the values
/// @param marks how rows tell their writer
/// @param batchRows rows of one insert
/// @param readRows rows of one read
record TableLayout(TableSql sql, People people, RowMarks marks, int batchRows, int readRows) {}
