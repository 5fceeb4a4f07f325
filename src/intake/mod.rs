//! Finds activities: files, folders and archives, plain or compressed. Yields bytes and labels,
//! nothing decoded.
//!
//! [`walk()`] lists what may be a recording and counts what is not; [`open_each`] opens all of it
//! within bounds, [`load()`] one; [`duplicates()`] and [`two_people`] judge light [`Trace`]s of what
//! was read: the same run twice, or runs that cannot be one person's. Tables of services' exports
//! become notes.

mod archive;
mod duplicates;
mod garmin;
mod json;
mod layers;
mod load;
mod minutes;
mod open;
mod other_exports;
mod people;
mod strava;
mod tables;
mod trace;
mod walk;

pub use archive::{Member, is_leftover};
pub use duplicates::{duplicates, same_run};
pub use load::{IntakeError, Loaded, Problem, content_hash, load};
pub use minutes::{Minute, Minutes};
pub use open::{Opened, open_each, whole};
pub use other_exports::is_unread_activity;
pub use people::{TwoPeople, two_people};
pub use trace::Trace;
pub use walk::{Found, Place, Walked, around, told, walk};
