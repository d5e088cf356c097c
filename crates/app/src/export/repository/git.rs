//! The program `git`, as far as an export needs it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use model::{CaptureId, DeviceId, Timestamp};
use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, ChildStdin, Command};

use crate::{AppError, AppResult};

/// In each commit: which capture it is.
pub(super) const TRAILER: &str = "Velocity-Capture";

/// The last version of each device that was looked at. What differs only in noise is looked at and gives no commit.
pub(super) type Marks = BTreeMap<DeviceId, CaptureId>;

/// A commit of one file with the marks, beside the branch: written with the commits, or not at all.
const MARKS: &str = "refs/velocity/marks";
const MARKS_FILE: &str = "marks.json";

const BRANCH: &str = "refs/heads/main";

/// One file that changed.
pub(super) struct Commit<'t> {
    pub path: String,
    /// Its last part: the same device may have stood elsewhere before.
    pub file: String,
    pub author: String,
    pub host: String,
    /// By the clock of the device, and by ours.
    pub written_at: Timestamp,
    pub seen_at: Timestamp,
    pub message: String,
    pub text: &'t str,
}

pub(super) struct Repository {
    folder: PathBuf,
    /// Whether there is one yet.
    is_there: bool,
    has_commits: bool,
}

impl Repository {
    /// One of ours, or an empty place for one, which is made one unless nothing is to be written.
    pub async fn at(folder: &Path, dry_run: bool) -> AppResult<Repository> {
        let is_there = folder.join(".git").exists();
        let mut repository = Repository { folder: folder.to_path_buf(), is_there, has_commits: false };
        if !is_there {
            let entries = std::fs::read_dir(folder).map(|mut entries| entries.next().is_some());
            if entries.unwrap_or(false) {
                return Err(refused(folder, "it holds files and is no repository"));
            }
            if !dry_run {
                std::fs::create_dir_all(folder)
                    .map_err(|source| AppError::Write { path: folder.to_path_buf(), source })?;
                repository.run(&["init", "--quiet", "--initial-branch=main"]).await?;
                repository.is_there = true;
            }
            return Ok(repository);
        }
        repository.has_commits = repository.git(&["rev-parse", "--verify", "--quiet", BRANCH]).await?.status.success();
        if repository.has_commits && !repository.run(&["status", "--porcelain"]).await?.trim().is_empty() {
            return Err(refused(folder, "files in it were changed by hand; commit them elsewhere, or undo them"));
        }
        Ok(repository)
    }

    /// How far it goes; `None` where that was not written down.
    pub async fn marks(&self) -> AppResult<Option<Marks>> {
        if !self.has_commits {
            return Ok(Some(Marks::new()));
        }
        let format = format!("--format=%(trailers:key={TRAILER},valueonly)");
        let last = self.run(&["log", "-1", &format, BRANCH]).await?;
        if last.trim().parse::<i64>().is_err() {
            return Err(refused(&self.folder, "its last commit is none of ours"));
        }
        let told = self.git(&["cat-file", "blob", &format!("{MARKS}:{MARKS_FILE}")]).await?;
        if !told.status.success() {
            return Ok(None);
        }
        let marks: BTreeMap<String, i64> = serde_json::from_slice(&told.stdout)
            .map_err(|e| AppError::Invalid(format!("{MARKS} of {} cannot be read: {e}", self.folder.display())))?;
        let mark = |(device, capture): (String, i64)| Some((DeviceId(device.parse().ok()?), CaptureId(capture)));
        Ok(Some(marks.into_iter().filter_map(mark).collect()))
    }

    /// The captures that its commits name.
    pub async fn captures(&self) -> AppResult<Vec<CaptureId>> {
        let format = format!("--format=%(trailers:key={TRAILER},valueonly)");
        let told = self.run(&["log", &format, BRANCH]).await?;
        Ok(told.lines().filter_map(|line| line.trim().parse().map(CaptureId).ok()).collect())
    }

    /// Files in the last commit.
    pub async fn files(&self) -> AppResult<Option<u64>> {
        if !self.is_there {
            return Ok(None);
        }
        if !self.git(&["rev-parse", "--verify", "--quiet", BRANCH]).await?.status.success() {
            return Ok(Some(0));
        }
        Ok(Some(self.run(&["ls-tree", "-r", "--name-only", BRANCH]).await?.lines().count() as u64))
    }

    /// Takes commits, until it is finished.
    pub async fn import(self: &Repository, dry_run: bool) -> AppResult<Import<'_>> {
        let elsewhere = match self.has_commits {
            true => self.run(&["ls-tree", "-r", "--name-only", BRANCH]).await?.lines().map(str::to_owned).collect(),
            false => Vec::new(),
        };
        let mut import = Import { repository: self, child: None, files: elsewhere, begins: self.has_commits };
        if !dry_run {
            let mut child = self.command(&["fast-import", "--quiet", "--done", "--force"]);
            let mut child = child
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .map_err(|e| missing(&e))?;
            let input = child.stdin.take().ok_or_else(|| AppError::Invalid("git takes no input".into()))?;
            import.child = Some((child, input));
        }
        Ok(import)
    }

    async fn run(&self, args: &[&str]) -> AppResult<String> {
        let output = self.git(args).await?;
        match output.status.success() {
            true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            false => Err(failed(args[0], &output.stderr)),
        }
    }

    async fn git(&self, args: &[&str]) -> AppResult<Output> {
        self.command(args).stdin(Stdio::null()).output().await.map_err(|e| missing(&e))
    }

    /// In the folder, whatever the environment says of other repositories; without hooks.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
            command.env_remove(variable);
        }
        command.args(["-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false"]).args(args);
        command.current_dir(&self.folder).kill_on_drop(true);
        command
    }
}

/// Commits on their way; nothing is seen of them before it is finished.
pub(super) struct Import<'r> {
    repository: &'r Repository,
    child: Option<(Child, ChildStdin)>,
    files: Vec<String>,
    /// The branch has commits that the first of these goes on from.
    begins: bool,
}

impl Import<'_> {
    pub async fn commit(&mut self, commit: &Commit<'_>) -> AppResult<()> {
        let moved = self.files.iter().filter(|f| **f != commit.path && f.ends_with(&format!("/{}", commit.file)));
        let moved: Vec<String> = moved.cloned().collect();
        self.files.retain(|file| !moved.contains(file));
        if !self.files.contains(&commit.path) {
            self.files.push(commit.path.clone());
        }
        let Some((_, input)) = &mut self.child else { return Ok(()) };
        let Commit { path, author, host, message, text, .. } = commit;
        let seconds = |at: Timestamp| at.0.div_euclid(1000);
        let (author, host) = (name(author), name(host));
        let mut stream = format!(
            "commit {BRANCH}\nauthor {author} <{author}@{host}> {} +0000\ncommitter velocity <velocity@localhost> {} +0000\n\
             data {}\n{message}\n",
            seconds(commit.written_at),
            seconds(commit.seen_at),
            message.len()
        );
        if std::mem::take(&mut self.begins) {
            stream.push_str(&format!("from {BRANCH}^0\n"));
        }
        moved.iter().for_each(|file| stream.push_str(&format!("D {file}\n")));
        stream.push_str(&format!("M 100644 inline {path}\ndata {}\n{text}\n", text.len()));
        input.write_all(stream.as_bytes()).await.map_err(|e| AppError::Invalid(format!("git does not listen: {e}")))
    }

    /// Writes down how far it goes, in place of what was there.
    pub async fn keep_marks(&mut self, marks: &Marks) -> AppResult<()> {
        let Some((_, input)) = &mut self.child else { return Ok(()) };
        let marks: BTreeMap<String, i64> = marks.iter().map(|(d, c)| (d.0.to_string(), c.0)).collect();
        let text = serde_json::to_string(&marks).map_err(|e| AppError::Invalid(format!("marks: {e}")))?;
        let stream = format!(
            "commit {MARKS}\ncommitter velocity <velocity@localhost> 0 +0000\ndata 5\nmarks\nM 100644 inline \
             {MARKS_FILE}\ndata {}\n{text}\n",
            text.len()
        );
        input.write_all(stream.as_bytes()).await.map_err(|e| AppError::Invalid(format!("git does not listen: {e}")))
    }

    /// Everything is there, or nothing.
    pub async fn finish(self) -> AppResult<()> {
        let Some((child, mut input)) = self.child else { return Ok(()) };
        // When git has gone already, it says why below.
        let _ = input.write_all(b"done\n").await;
        drop(input);
        let output = child.wait_with_output().await.map_err(|e| missing(&e))?;
        if !output.status.success() {
            return Err(failed("fast-import", &output.stderr));
        }
        if !self.files.is_empty() {
            self.repository.run(&["reset", "--hard", "--quiet", BRANCH]).await?;
        }
        Ok(())
    }
}

/// What may stand in the line of an author.
fn name(text: &str) -> String {
    let name: String = text.chars().filter(|c| !c.is_control() && !matches!(c, '<' | '>')).collect();
    if name.trim().is_empty() { "unknown".to_owned() } else { name.trim().to_owned() }
}

fn refused(folder: &Path, why: &str) -> AppError {
    AppError::Usage(format!("{} is no place for this export: {why}; name an empty folder", folder.display()))
}

fn missing(error: &std::io::Error) -> AppError {
    match error.kind() {
        ErrorKind::NotFound => AppError::Invalid("the program `git` is needed for a repository; install it".into()),
        _ => AppError::Invalid(format!("git cannot be started: {error}")),
    }
}

fn failed(what: &str, stderr: &[u8]) -> AppError {
    let told = model::text::shown_lines(String::from_utf8_lossy(stderr).trim());
    AppError::Invalid(format!("git {what}: {told}"))
}
