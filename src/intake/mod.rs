//! Finds activities: files and folders, plain or gzipped. Yields bytes and labels, nothing decoded.
//!
//! [`walk()`] lists what may be a recording and counts what is not; [`load()`] opens one of them
//! within bounds; [`duplicates()`] and [`two_people`] judge light [`Trace`]s of what was read: the
//! same run twice, or runs that cannot be one person's.

mod duplicates;
mod load;
mod minutes;
mod people;
mod trace;
mod walk;

pub use duplicates::{duplicates, same_run};
pub use load::{IntakeError, Loaded, Problem, content_hash, load};
pub use minutes::{Minute, Minutes};
pub use people::{TwoPeople, two_people};
pub use trace::Trace;
pub use walk::{Found, Walked, told, walk};
