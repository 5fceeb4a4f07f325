//! Where text goes: standard output, files written whole or not at all, and errors in words.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use lightfoot::report::plain;

/// Prints to standard output; styles go away in a pipe and with `NO_COLOR`.
///
/// # Errors
/// When standard output cannot be written.
pub fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Prints data to standard output, byte for byte.
///
/// # Errors
/// When standard output cannot be written.
pub fn print_data(text: &str) -> Result<()> {
    write_data(|out| Ok(out.write_all(text.as_bytes())?))
}

/// Bytes gathered before they are handed to the system. **chosen**: rows are a few kilobytes.
const BUFFER: usize = 64 << 10;

/// Has data written to standard output, byte for byte.
///
/// # Errors
/// When it cannot be made, or standard output cannot be written.
pub fn write_data(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    to(io::stdout().lock(), write).map(drop)
}

/// Has data written through a buffer; gives back what it was written to.
fn to<W: Write>(target: W, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<W> {
    let mut out = BufWriter::with_capacity(BUFFER, target);
    write(&mut out)?;
    out.flush()?;
    Ok(out.into_inner().map_err(io::IntoInnerError::into_error)?)
}

/// Says something on standard error; there is nowhere to complain if that fails.
pub fn say(text: &str) {
    let _ = anstream::stderr().lock().write_all(format!("{text}\n").as_bytes());
}

/// Whether somebody watches standard error, so that progress can be drawn.
pub fn is_watched() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
}

/// Says what failed, then why, then why that.
pub fn say_error(error: &anyhow::Error) {
    let mut causes = error.chain().map(|cause| plain_lines(&cause.to_string()));
    say(&format!("\u{1b}[1;31merror:\u{1b}[0m {}", causes.next().unwrap_or_default()));
    for cause in causes {
        say(&format!("  {cause}"));
    }
}

/// Cleans each line of a message that may quote a file name.
fn plain_lines(text: &str) -> String {
    text.lines().map(plain::clean).collect::<Vec<_>>().join("\n  ")
}

/// Whether an error is a closed standard output.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes a file of one text, whole or not at all.
///
/// # Errors
/// As for [`write_file`].
pub fn write_text(path: &Path, text: &str) -> Result<()> {
    write_file(path, |out| Ok(out.write_all(text.as_bytes())?))
}

/// Has a file written whole or not at all: a temporary neighbour is written, then takes the name.
/// `-` is standard output.
///
/// # Errors
/// When what it should hold cannot be made, or the folder cannot be written or is full; what stood
/// there before still stands.
pub fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    if path.as_os_str() == "-" {
        return write_data(write);
    }
    if let Ok(meta) = std::fs::metadata(path)
        && !meta.is_file()
    {
        // A device or a named pipe cannot be replaced by renaming.
        let device = std::fs::File::create(path).map_err(anyhow::Error::from);
        return device
            .and_then(|device| to(device, write).map(drop))
            .with_context(|| format!("cannot write {}", path.display()));
    }
    let temporary = neighbour(path);
    let written = write_whole(&temporary, write)
        .and_then(|()| Ok(std::fs::rename(&temporary, path)?))
        .with_context(|| format!("cannot write {}; choose another place with -o", path.display()));
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    Ok(to(std::fs::File::create_new(path)?, write)?.sync_all()?)
}

fn neighbour(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}
