//! Archives that were split for small disks or large mails: a part is told by its name, or by the
//! number of the disk in its end.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::header::END;

/// Bytes of the record at the end, its comment at its longest included (APPNOTE 4.3.16).
const LONGEST_END: u64 = 22 + 0xffff;
/// Number of a disk where a record with wider numbers has it (APPNOTE 4.4.1.4).
const ELSEWHERE: u16 = u16::MAX;

/// Whether a file is one part of a split archive.
pub(in crate::intake) fn is_part(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let name = name.unwrap_or_default();
    is_part_name(&name) || name.ends_with(".zip") && disk(path).is_some_and(|disk| disk > 0)
}

/// `export.z01` as Info-ZIP names parts, `export.zip.001` as 7-Zip does; in lower case.
fn is_part_name(name: &str) -> bool {
    let digits = |text: &str| text.len() >= 2 && text.bytes().all(|b| b.is_ascii_digit());
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        ending.strip_prefix('z').is_some_and(digits) || digits(ending) && stem.ends_with(".zip")
    })
}

/// Number of the disk in the record at the end, where there is one.
fn disk(path: &Path) -> Option<u16> {
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST_END))).ok()?;
    let mut tail = Vec::new();
    file.take(LONGEST_END).read_to_end(&mut tail).ok()?;
    let at = tail.windows(END.len()).rposition(|window| window == END)?;
    let number = tail.get(at + END.len()..at + END.len() + 2)?;
    let number = u16::from_le_bytes(number.try_into().ok()?);
    (number != ELSEWHERE).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_names() {
        for name in ["a.z01", "a.z123", "a.zip.001", "a.zip.02"] {
            assert!(is_part_name(name), "{name}");
        }
        for name in ["a.zip", "a.z", "a.zx1", "a.001", "a.fit", "2024.05", "a.zip.1", "z01"] {
            assert!(!is_part_name(name), "{name}");
        }
    }
}
