//! A folder for a platform that nobody has described yet.

use std::fs;
use std::path::{Path, PathBuf};

use model::Platforms;
use model::text::shown;

use super::FOLDER;
use crate::{AppError, AppResult};

/// What a new platform begins with.
pub struct NewPlatform<'a> {
    /// netmiko's, where it has one: `acme_os`.
    pub name: &'a str,
    pub vendor: &'a str,
    /// Whose conversation it begins with: prompts, pagers, errors, secrets.
    pub like: Option<&'a str>,
}

/// Writes the folder into the data directory and gives its files; with `dry_run` writes nothing.
pub fn new_platform(home: &Path, new: &NewPlatform<'_>, dry_run: bool) -> AppResult<Vec<PathBuf>> {
    let NewPlatform { name, vendor, like } = *new;
    let known = super::at(Some(home))?;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_name {
        return Err(AppError::Usage(format!("`{}` is no name of a platform; write it like `acme_os`", shown(name))));
    }
    if let Some(other) = known.get(name) {
        return Err(AppError::Usage(format!(
            "`{name}` is {} already; `velocity platform show {}` shows it",
            other.name, other.name
        )));
    }
    let like = match like {
        Some(like) => {
            let unknown = || {
                AppError::Usage(format!("there is no platform `{}`; `velocity platform list` shows all", shown(like)))
            };
            known.get(like).ok_or_else(unknown)?.name.clone()
        }
        None => "generic".to_owned(),
    };
    let source = Platforms::source(home.join(FOLDER).as_path(), &like);
    let source = source.ok_or_else(|| {
        AppError::Usage(format!("the files of `{like}` cannot be read; name another one with --like"))
    })?;
    let folder = home.join(FOLDER).join(name);
    let files = [
        (folder.join("platform.yaml"), yaml(name, vendor, &source)),
        (folder.join("prompts.yaml"), PROMPTS.to_owned()),
        (folder.join("cases").join(".keep"), String::new()),
    ];
    if folder.exists() {
        return Err(AppError::Usage(format!("there is a folder {} already", folder.display())));
    }
    if !dry_run {
        for (path, text) in &files {
            write(path, text)?;
        }
        // It must be of use as it is.
        super::at(Some(home))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).take(2).collect())
}

fn write(path: &Path, text: &str) -> AppResult<()> {
    let failed = |source| AppError::Write { path: path.to_path_buf(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}

const PROMPTS: &str = "\
# Real lines: what is a prompt as a whole line, and what only looks like one.
prompt: []
not: []
";

/// The conversation and the secrets of a known one, and what is to be filled in.
fn yaml(name: &str, vendor: &str, source: &str) -> String {
    let vendor = serde_json::Value::from(vendor);
    let session = block(source, "session").unwrap_or_else(|| "session: {prompt: '[\\w.\\-]+[>#] ?'}\n".to_owned());
    let secrets = block(source, "secrets").unwrap_or_else(|| "secrets:\n  - 'password (\\S+)\\s*$'\n".to_owned());
    format!(
        "name: {name}\nvendor: {vendor}\naliases: []\n# How to talk with it. All patterns are regular expressions without look-around.\n{session}\
         # How to know it: a question, and what is found in the answer.\nfingerprint: []\n\
         #  - {{command: show version, all: ['^AcmeOS \\d']}}\n\
         # What to ask, by capture type. Templates go into templates/, recorded answers into cases/.\ncaptures:\n  \
         version: {{commands: [show version]}}\n\
         # Group 1 is masked wherever the text is shown.\n{secrets}"
    )
}

/// A key at the beginning of a line, with all that is under it.
fn block(source: &str, key: &str) -> Option<String> {
    let mut lines = source.lines().skip_while(|line| !line.starts_with(&format!("{key}:")));
    let first = lines.next()?;
    let under = lines.take_while(|line| line.starts_with([' ', '-', '#']) || line.is_empty());
    let under = under.filter(|line| !line.starts_with('#'));
    Some(std::iter::once(first).chain(under).fold(String::new(), |text, line| text + line + "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_platform_is_valid_like_any_other() {
        for like in Platforms::builtin().all().iter().map(|p| p.name.as_str()).chain(["ios"]) {
            let home = tempfile::tempdir().expect("a folder");
            let new = NewPlatform { name: "acme_os", vendor: "Acme: the \"best\"", like: Some(like) };
            let files = new_platform(home.path(), &new, false).unwrap_or_else(|e| panic!("{like}: {}", e.chain()));
            assert!(files.iter().all(|file| file.is_file()), "{files:?}");
            let all = super::super::at(Some(home.path())).expect("valid");
            assert_eq!(all.get("acme_os").map(|p| p.vendor.as_str()), Some("Acme: the \"best\""), "{like}");
            let again = new_platform(home.path(), &new, false).map_err(|e| e.to_string());
            assert!(again.is_err_and(|e| e.contains("already")), "{like}");
        }
    }

    #[test]
    fn a_name_that_is_taken_or_a_path_is_refused() {
        let home = tempfile::tempdir().expect("a folder");
        for (name, says) in [("ios", "cisco_ios already"), ("../acme", "no name"), ("Acme", "no name"), ("", "no name")]
        {
            let new = NewPlatform { name, vendor: "Acme", like: None };
            let refused = new_platform(home.path(), &new, false).map_err(|e| e.to_string());
            assert!(refused.as_ref().is_err_and(|e| e.contains(says)), "{name}: {refused:?}");
        }
        assert_eq!(home.path().read_dir().expect("a folder").count(), 0, "nothing is written");
    }
}
