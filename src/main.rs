//! The command line: parse, run, exit code.

mod cli;

/// Columns come and go with every file; the system's own allocator returns their pages each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
