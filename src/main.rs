//! The command line: everything it knows of the library is public.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
