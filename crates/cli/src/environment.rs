//! The password of the vault in the environment, for runs that nobody attends.
//!
//! What is in the environment of a process stays readable there as long as it lives, and goes to its children. So the
//! process replaces itself: the password goes through a pipe, and the environment is the same without it.

/// Names a file descriptor that holds the password; the number is no secret.
pub const PASS_FD: &str = "VELOCITY_VAULT_PASS_FD";

#[cfg(unix)]
mod unix {
    use std::io::Write;
    use std::os::fd::AsRawFd;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use anyhow::{Context, bail};
    use rustix::io::{FdFlags, fcntl_setfd};

    /// The predecessor's name is read too; ours goes first.
    const NAMES: [&str; 2] = ["VELOCITY_VAULT_PASS", "VCOLLECTOR_VAULT_PASS"];

    /// What every pipe takes without a reader.
    const PIPE: usize = 4096;

    pub fn hide_vault_password() -> anyhow::Result<()> {
        let Some(password) = NAMES.iter().find_map(std::env::var_os) else { return Ok(()) };
        let (reader, mut writer) = std::io::pipe().context("cannot make a pipe")?;
        let bytes = password.as_bytes();
        if bytes.len() > PIPE {
            bail!("the password of the vault in the environment is longer than {PIPE} bytes");
        }
        writer.write_all(bytes)?;
        drop(writer);
        fcntl_setfd(&reader, FdFlags::empty())?;
        let mut arguments = std::env::args_os();
        let mut again = Command::new(std::env::current_exe().context("cannot find this program again")?);
        again.arg0(arguments.next().unwrap_or_default()).args(arguments);
        for name in NAMES {
            again.env_remove(name);
        }
        if !bytes.is_empty() {
            again.env(super::PASS_FD, reader.as_raw_fd().to_string());
        }
        Err(again.exec()).context("cannot start again without the password in the environment")
    }
}

#[cfg(unix)]
pub use unix::hide_vault_password;

/// Only where a process can replace itself is the variable read at all.
#[cfg(not(unix))]
pub fn hide_vault_password() -> anyhow::Result<()> {
    Ok(())
}
