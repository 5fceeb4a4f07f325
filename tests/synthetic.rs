//! The synthetic runner against decoders that are not ours: a simulator that writes files only
//! its own author can read proves nothing.

#[path = "support/mod.rs"]
mod support;

use support::presets;

#[test]
fn fitparser_reads_the_plain_run() {
    let twins = presets::twins(1);
    let messages = fitparser::from_bytes(&twins.fit).unwrap();
    let records = messages.iter().filter(|m| m.kind() == fitparser::profile::MesgNum::Record);
    assert_eq!(records.count(), twins.recorded.records.len());
}
