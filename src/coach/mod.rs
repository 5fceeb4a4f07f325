//! Many athletes on one page: who needs attention today, and why.
//!
//! Each athlete's report is distilled to a row and let go. What changed becomes notices, one kind a
//! file; rows stand in the order of their first notice. No athlete is set against another:
//! every figure is one athlete against their own past, and cadence as recorded is left out.

mod athlete;
mod csv;
mod fault;
mod json;
mod notices;
mod order;
mod page;
mod slug;
mod sparks;
mod terminal;

pub use athlete::{Athlete, Drift, Run, Session, Who};
pub use csv::write as write_csv;
pub use fault::Fault;
pub use json::{SCHEMA_VERSION, write as write_json};
pub use notices::{Group, KINDS, Kind, Notice, Seen, Size};
pub use order::{Asked, Row, Squad, Standing};
pub use page::{RULE_OF_ORDER, render};
pub use slug::Slugs;
pub use terminal::{red_flags, write as write_table};
