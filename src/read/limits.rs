//! The limits by the names under which a user raises them.

use super::Limits;

/// A limit that can be changed.
#[derive(Clone, Copy, Debug)]
pub struct NamedLimit {
    /// What is typed: `--limit NAME=VALUE`.
    pub name: &'static str,
    /// What it bounds.
    pub bounds: &'static str,
    /// Words of [`super::ReadError::Limit`] that speak of it.
    counted: &'static [&'static str],
    field: fn(&mut Limits) -> &mut usize,
}

/// All limits.
pub const LIMITS: &[NamedLimit] = &[
    NamedLimit {
        name: "input-bytes",
        bounds: "bytes of one file, uncompressed",
        counted: &["bytes"],
        field: |limits| &mut limits.input_bytes,
    },
    NamedLimit {
        name: "records",
        bounds: "records or points of one file",
        counted: &["records", "points", "messages beside the records"],
        field: |limits| &mut limits.records,
    },
    NamedLimit {
        name: "chained-parts",
        bounds: "FIT files chained in one",
        counted: &["chained parts"],
        field: |limits| &mut limits.chained_parts,
    },
    NamedLimit {
        name: "xml-depth",
        bounds: "elements within each other",
        counted: &["levels of elements"],
        field: |limits| &mut limits.xml_depth,
    },
    NamedLimit {
        name: "xml-tag-bytes",
        bounds: "bytes of one XML tag",
        counted: &["bytes in one tag"],
        field: |limits| &mut limits.xml_tag_bytes,
    },
    NamedLimit {
        name: "xml-attributes",
        bounds: "attributes of one XML tag",
        counted: &["attributes in one tag"],
        field: |limits| &mut limits.xml_attributes,
    },
    NamedLimit {
        name: "xml-text-bytes",
        bounds: "bytes of one XML text",
        counted: &["bytes in one text"],
        field: |limits| &mut limits.xml_text_bytes,
    },
    NamedLimit {
        name: "expansion",
        bounds: "bytes that one compressed byte may become",
        counted: &[],
        field: |limits| &mut limits.expansion,
    },
    NamedLimit {
        name: "members",
        bounds: "files in one archive",
        counted: &[],
        field: |limits| &mut limits.members,
    },
    NamedLimit {
        name: "archive-bytes",
        bounds: "bytes of all files in one archive, uncompressed",
        counted: &[],
        field: |limits| &mut limits.archive_bytes,
    },
    NamedLimit {
        name: "nesting",
        bounds: "archives within each other",
        counted: &[],
        field: |limits| &mut limits.nesting,
    },
];

impl NamedLimit {
    /// A limit by what is typed.
    pub fn called(name: &str) -> Option<&'static Self> {
        LIMITS.iter().find(|limit| limit.name == name)
    }

    /// Its value.
    pub fn of(&self, mut limits: Limits) -> usize {
        *(self.field)(&mut limits)
    }

    /// Changes it.
    pub fn set(&self, limits: &mut Limits, value: usize) {
        *(self.field)(limits) = value;
    }
}

/// What to do about a limit that was hit, from the words for what was counted.
pub(super) fn what_to_do(counted: &str) -> String {
    let limit = LIMITS.iter().find(|limit| limit.counted.contains(&counted));
    match limit {
        Some(limit) => {
            format!("if the file is your own, raise that with --limit {}=N", limit.name)
        }
        None => "no device writes such a file; export it again".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_changes_a_limit_of_its_own() {
        for (at, limit) in LIMITS.iter().enumerate() {
            let mut limits = Limits::default();
            limit.set(&mut limits, 7);
            for (other_at, other) in LIMITS.iter().enumerate() {
                assert_eq!(other.of(limits) == 7, other_at == at, "{} {}", limit.name, other.name);
            }
            assert!(NamedLimit::called(limit.name).is_some());
        }
    }
}
