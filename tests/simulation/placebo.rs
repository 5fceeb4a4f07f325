//! Later.
use super::table::Row;
pub fn rows(_n: usize) -> Vec<Row> {
    Vec::new()
}
