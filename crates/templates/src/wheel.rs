//! Reads the templates out of a wheel of ntc-templates, which may come from anywhere: nothing in it is trusted.

use std::io::{Cursor, Read};

use crate::packed::Files;

/// Where the templates are in a wheel, and in a checkout of the sources.
pub const FOLDER: &str = "ntc_templates/templates/";
/// A template is some kilobytes; all of them together some megabytes.
pub const LARGEST: u64 = 1 << 20;
pub const MOST: u64 = 32 << 20;

/// A wheel that is not taken. The text says what is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum WheelError {
    #[error("it is no wheel: {0}")]
    NoZip(#[from] zip::result::ZipError),
    #[error("it is damaged at `{name}`: {source}")]
    Damaged { name: String, source: std::io::Error },
    #[error("it has an entry `{0}`, which leads out of it")]
    Outside(String),
    #[error("`{0}` is there twice")]
    Twice(String),
    #[error("`{name}` is larger than {LARGEST} bytes; no template is")]
    Huge { name: String },
    #[error("its templates are larger than {MOST} bytes")]
    TooMuch,
    #[error("it has no index and templates under {FOLDER}")]
    NoTemplates,
}

/// What a wheel holds.
#[derive(Debug)]
pub struct Wheel {
    /// As its metadata has it, such as `9.3.0`.
    pub version: Option<String>,
    /// The index and the templates, in order of name.
    pub files: Files,
}

/// Reads a wheel whole.
pub fn read(wheel: &[u8]) -> Result<Wheel, WheelError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(wheel))?;
    let (mut files, mut version, mut total) = (Files::new(), None, 0);
    for at in 0..archive.len() {
        let file = archive.by_index(at)?;
        let path = file.name()?.into_owned();
        if file.enclosed_name().is_none() || path.contains('\\') {
            return Err(WheelError::Outside(path));
        }
        version = version.or_else(|| version_of(&path));
        let Some(name) = path.strip_prefix(FOLDER).filter(|name| is_ours(name)) else { continue };
        let text = text(file, name)?;
        total += text.len() as u64;
        if total > MOST {
            return Err(WheelError::TooMuch);
        }
        files.push((name.to_owned(), text));
    }
    files.sort();
    if let Some(twice) = files.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(WheelError::Twice(twice[0].0.clone()));
    }
    if files.len() < 2 || files.iter().all(|(name, _)| name != "index") {
        return Err(WheelError::NoTemplates);
    }
    Ok(Wheel { version, files })
}

/// The index, or a template that lies in the folder itself.
pub fn is_ours(name: &str) -> bool {
    let is_template = name.ends_with(".textfsm") && !name.starts_with('.') && !name.contains(['/', '\\']);
    name == "index" || is_template
}

/// What is announced of the size may be a lie.
fn text(file: impl Read, name: &str) -> Result<String, WheelError> {
    let mut text = String::new();
    let damaged = |source| WheelError::Damaged { name: name.to_owned(), source };
    file.take(LARGEST + 1).read_to_string(&mut text).map_err(damaged)?;
    if text.len() as u64 > LARGEST {
        return Err(WheelError::Huge { name: name.to_owned() });
    }
    Ok(text)
}

/// `ntc_templates-9.3.0.dist-info/METADATA` says 9.3.0.
fn version_of(path: &str) -> Option<String> {
    let (folder, _) = path.split_once('/')?;
    let version = folder.strip_prefix("ntc_templates-")?.strip_suffix(".dist-info")?;
    version.chars().all(|c| c.is_ascii_alphanumeric() || "._+-".contains(c)).then(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const INDEX: &str = "Template, Hostname, Platform, Command\n";

    fn wheel(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
            zip.write_all(bytes).expect("bytes");
        }
        zip.finish().expect("a zip").into_inner()
    }

    fn check(files: &[(&str, &[u8])], wanted: &str) {
        let good: [(&str, &[u8]); 2] = [
            ("ntc_templates/templates/index", INDEX.as_bytes()),
            ("ntc_templates/templates/acme_show.textfsm", b"Value A (a)\n\nStart\n"),
        ];
        let said = match read(&wheel(&[&good, files].concat())) {
            Ok(wheel) => format!("{} files of {}", wheel.files.len(), wheel.version.unwrap_or_default()),
            Err(error) => error.to_string(),
        };
        assert!(said.starts_with(wanted), "{said}");
    }

    #[test]
    fn a_wheel_gives_its_index_its_templates_and_its_version() {
        check(&[("ntc_templates-9.9.0.dist-info/METADATA", b""), ("ntc_templates/parse.py", b"")], "2 files of 9.9.0");
        check(
            &[("ntc_templates/templates/old/a.textfsm", b""), ("ntc_templates/templates/.a.textfsm", b"")],
            "2 files of ",
        );
    }

    #[test]
    fn a_hostile_wheel_is_refused() {
        check(&[("../../etc/cron.d/x", b"")], "it has an entry `../../etc/cron.d/x`, which leads out of it");
        check(&[("ntc_templates/templates/../../../x.textfsm", b"")], "it has an entry");
        check(&[("ntc_templates/templates/..\\x.textfsm", b"")], "it has an entry");
        let huge = vec![b'a'; LARGEST as usize + 1];
        check(&[("ntc_templates/templates/huge.textfsm", &huge)], "`huge.textfsm` is larger than");
        check(&[("ntc_templates/templates/bytes.textfsm", b"\xff\xfe")], "it is damaged at `bytes.textfsm`");
        let many: Vec<String> = (0..40).map(|n| format!("ntc_templates/templates/t{n}.textfsm")).collect();
        let large = vec![b'a'; LARGEST as usize];
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &large[..])).collect();
        check(&many, "its templates are larger than");
    }

    #[test]
    fn what_is_no_wheel_is_refused() {
        let cut = wheel(&[("ntc_templates/templates/index", INDEX.as_bytes())]);
        assert!(matches!(read(&cut[..cut.len() / 2]), Err(WheelError::NoZip(_))));
        assert!(matches!(read(b"Value A (a)"), Err(WheelError::NoZip(_))));
        assert!(matches!(read(&cut), Err(WheelError::NoTemplates)));
    }
}
