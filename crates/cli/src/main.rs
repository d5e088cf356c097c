//! `velocity`: one command line for all that the product does.

/// As that of the standard library; but who reads it may be gone, as in `velocity … 2>&1 | head`, and a run goes on all the same.
macro_rules! eprintln {
    ($($words:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{}\n", format_args!($($words)*)));
    }};
}

mod as_whom;
mod commands;
mod context;
mod diff_view;
mod environment;
mod job_flags;
mod output;
mod progress;
mod record_flags;
mod run_flags;
mod secrets;
mod snmp_flags;
mod source;
mod stop;
mod way_flags;
mod when;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::commands as c;

/// A thousand sessions at once take and give back small buffers on every thread: a seventh of their CPU time goes with the
/// allocator of the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// From one IP address to a complete, searchable, trusted record of the network.
#[derive(Parser)]
#[command(name = "velocity", version, about, max_term_width = 110, arg_required_else_help = true)]
struct Cli {
    /// Data directory [default: ~/.velocity]
    #[arg(long, global = true, env = "VELOCITY_HOME", value_name = "DIR", hide_env = true)]
    home: Option<PathBuf>,
    /// Print JSON instead of a table
    #[arg(long, global = true)]
    json: bool,
    /// Read the password of the vault from this file descriptor: its first line
    #[arg(long, global = true, env = environment::PASS_FD, value_name = "N", hide_env = true)]
    vault_pass_fd: Option<u32>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Create the data directory: config, database, folders, seeded platforms, roles and manufacturers
    Init(c::init::Args),
    /// Crawl the network from one or more seed addresses by CDP and LLDP
    Discover(c::discover::Args),
    /// Say who devices are: platform, model, software, serial numbers; goes no further than to them
    Fingerprint(Box<c::fingerprint::Args>),
    /// Collect command output from devices
    Capture(c::capture::Args),
    /// Read stored captures again, or files of another tool, into the tables of facts
    #[command(aliases = ["db_load_capture", "db_load_capture.py"])]
    Load(c::load::Args),
    /// The inventory: devices
    #[command(subcommand)]
    Devices(c::devices::Args),
    /// The inventory: sites
    #[command(subcommand, alias = "site")]
    Sites(c::objects::Args<record_flags::Sites>),
    /// The inventory: locations in sites
    #[command(subcommand, alias = "location")]
    Locations(c::objects::Args<record_flags::Locations>),
    /// The inventory: roles of devices, with their colours
    #[command(subcommand, alias = "role")]
    Roles(c::objects::Args<record_flags::Roles>),
    /// The inventory: manufacturers
    #[command(subcommand, alias = "manufacturer")]
    Manufacturers(c::objects::Args<record_flags::Manufacturers>),
    /// The inventory: models of each manufacturer
    #[command(subcommand, alias = "device-type")]
    DeviceTypes(c::objects::Args<record_flags::DeviceTypes>),
    /// The inventory: platforms, with netmiko's device types; what is asked on each is `velocity platform`
    #[command(subcommand)]
    Platforms(c::objects::Args<record_flags::Platforms>),
    /// The inventory: interfaces as people keep them; what devices say of theirs is `velocity facts interfaces`
    #[command(subcommand, alias = "interface")]
    Interfaces(c::objects::Args<record_flags::Interfaces>),
    /// The inventory: IP addresses as people keep them; what devices say of theirs is `velocity facts addresses`
    #[command(subcommand, alias = "ip-address")]
    IpAddresses(c::objects::Args<record_flags::IpAddresses>),
    /// The inventory: cables; what devices hear of each other is `velocity topology`
    #[command(subcommand, alias = "cable")]
    Cables(c::objects::Args<record_flags::Cables>),
    /// The inventory: tags of devices and sites
    #[command(subcommand, alias = "tag")]
    Tags(c::objects::Args<record_flags::Tags>),
    /// Read devices, sites … out of a file: all of it, or nothing
    #[command(subcommand)]
    Import(c::import::Args),
    /// Notes on devices and sites
    #[command(subcommand, alias = "note")]
    Notes(c::notes::Args),
    /// What was done to the inventory, and taking it back
    #[command(subcommand)]
    Undo(c::undo::Args),
    /// Tell persons what happened: by mail, webhooks, Slack or Teams
    #[command(subcommand)]
    Notify(c::notify::Args),
    /// Search the ARP tables
    #[command(subcommand)]
    Arp(c::facts::Search),
    /// Search the MAC address tables
    #[command(subcommand)]
    Mac(c::facts::Search),
    /// Show facts of any kind: of the network, and of how devices are run
    Facts(c::facts::Args),
    /// Show what changed
    #[command(subcommand)]
    Changes(c::changes::Args),
    /// Show and compare running configurations
    #[command(subcommand)]
    Configs(c::configs::Args),
    /// Show captures: what devices said
    #[command(subcommand)]
    Captures(c::captures::Args),
    /// Find anything: an address, a MAC, a host, a serial number, a VLAN, a prefix, a description
    Find(c::find::Args),
    /// Where and when it was seen: a MAC address, an IP address, a prefix, a port
    History(c::history::Args),
    /// Which way devices send a packet
    #[command(subcommand)]
    Route(c::route::Args),
    /// Search in what devices said, by a regular expression
    Search(c::search::Args),
    /// The map of devices and links
    #[command(subcommand)]
    Topology(c::topology::Args),
    /// Jobs: what to collect, from which devices and how
    #[command(subcommand, alias = "job")]
    Jobs(c::jobs::Args),
    /// Run jobs
    Run(Box<c::run::Args>),
    /// Run the jobs that a file names
    #[command(name = "run_jobs_simple", aliases = ["run_jobs_simple.py", "run_jobs_batch", "run_jobs_batch.py"], hide = true)]
    RunJobList(Box<c::run::FromList>),
    /// As `velocity jobs generate`
    #[command(name = "generate_capture_jobs", alias = "generate_capture_jobs.py", hide = true)]
    GenerateCaptureJobs(c::jobs::Generate),
    /// As `velocity jobs validate`
    #[command(name = "validate_jobs", alias = "validate_jobs.py", hide = true)]
    ValidateJobs(c::jobs::Validate),
    /// As `velocity jobs migrate`
    #[command(name = "migrate_jobs", alias = "migrate_jobs.py", hide = true)]
    MigrateJobs(c::jobs::Migrate),
    /// Batches: jobs in an order
    #[command(subcommand, alias = "batches")]
    Batch(c::batch::Args),
    /// Show, retry, cancel, resume, download and let go of runs
    #[command(subcommand)]
    Executions(c::executions::Args),
    /// When jobs run by themselves
    #[command(subcommand, alias = "schedules")]
    Schedule(c::schedule::Args),
    /// Let a job run by itself: `schedule-job NAME --daily --time 02:00`
    ScheduleJob(c::schedule::JobArgs),
    /// Schedules and a worker in one process, in the background or as a service of the system
    #[command(subcommand)]
    Daemon(c::daemon::Args),
    /// Work on what schedules and others put into the queue, on this machine or on many
    #[command(alias = "workers")]
    Worker(c::worker::Args),
    /// Write devices, configurations or facts to a file
    #[command(subcommand)]
    Export(c::export::Args),
    /// SSH host keys of devices: see, accept, forget, import, export
    #[command(subcommand)]
    Hostkeys(c::hostkeys::Args),
    /// Reports on the whole network
    #[command(subcommand)]
    Report(c::report::Args),
    /// Which credential works where, and which accounts are left alone
    #[command(subcommand)]
    Creds(c::creds::Args),
    /// Ask an SNMP agent
    #[command(subcommand)]
    Snmp(c::snmp::Args),
    /// Write everything to one file, while the rest goes on
    Backup(c::backup::Args),
    /// Make a data directory from a backup
    Restore(c::backup::Restore),
    /// Whether there is a newer version
    #[command(subcommand)]
    Update(c::update::Args),
    /// Look at everything that can be amiss, and say what to do about it
    Doctor(c::doctor::Args),
    /// Begin: the server, schedules and a worker in one process, and the browser on it; makes the data directory
    Start(Box<c::start::Args>),
    /// Answer to browsers and programs: the API, the events of runs, the user interface
    Server(c::server::Listen),
    /// Print the document that describes the API
    Openapi(c::server::OpenApi),
    /// Who may use the server
    #[command(subcommand, alias = "users")]
    User(c::user::Args),
    /// Tokens: what programs hold to use the server
    #[command(subcommand, alias = "tokens")]
    Token(c::token::Args),
    /// Accounts and their secrets, sealed under a password
    #[command(subcommand)]
    Vault(c::vault::Args),
    /// The database
    #[command(subcommand)]
    Db(c::db::Args),
    /// Figures of the whole installation
    Status(c::status::Args),
    /// Read the output of a command with a template: a table, JSON or CSV
    Parse(c::parse::Args),
    /// Find the template that fits the output of a command
    Detect(c::detect::Args),
    /// What there is to talk with: platforms, what is asked on them, their recorded cases
    #[command(subcommand)]
    Platform(c::platform::Args),
    /// Show, add and check templates
    #[command(subcommand)]
    Templates(c::templates::Args),
    /// A simulated network over real SSH, to try things on
    #[command(subcommand)]
    Lab(c::lab::Args),
    /// Completion script for a shell
    Completion { shell: clap_complete::Shell },
}

fn main() -> ExitCode {
    if let Err(error) = environment::hide_vault_password() {
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("error: {error:#}\n"));
        return ExitCode::FAILURE;
    }
    let cli = Cli::parse();
    match start(cli) {
        Ok(code) => code,
        // `velocity devices list | head` ends quietly.
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let text = model::text::shown_lines(&format!("{error:#}{}", output::hint(&error)));
            // Nobody may be there to read it.
            let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("error: {text}\n"));
            ExitCode::from(if output::is_usage(&error) { 2 } else { 1 })
        }
    }
}

/// Steps of tasks between two looks at the network. With a thousand sessions there is always work, and the log-ins of an
/// account wait for each other's answers: so it is less than usual.
const EVENT_INTERVAL: u32 = 16;

/// Commands that wait for nothing are done at once; the others get threads.
fn start(cli: Cli) -> anyhow::Result<ExitCode> {
    let start = context::Start { home: cli.home, json: cli.json, vault_pass_fd: cli.vault_pass_fd };
    match cli.command {
        Command::Parse(args) => c::parse::run(&args, &start),
        Command::Detect(args) => c::detect::run(&args, &start),
        Command::Templates(args) => c::templates::run(&args, &start),
        Command::Db(args) => c::db::run(&args, &start),
        Command::Openapi(args) => c::server::openapi(&args, &start),
        Command::Platform(args) if !matches!(args, c::platform::Args::Record(_)) => c::platform::run(&args, &start),
        command => {
            let mut runtime = tokio::runtime::Builder::new_multi_thread();
            let runtime = runtime.enable_all().event_interval(EVENT_INTERVAL).build()?;
            let result = runtime.block_on(run(command, start));
            runtime.shutdown_timeout(std::time::Duration::from_secs(1));
            result
        }
    }
}

async fn run(command: Command, start: context::Start) -> anyhow::Result<ExitCode> {
    match command {
        Command::Init(args) => c::init::run(args, start).await,
        Command::Start(args) => c::start::run(*args, start).await,
        Command::Lab(args) => c::lab::run(args, start).await,
        Command::Restore(args) => c::backup::restore(args, start).await,
        Command::Doctor(args) => c::doctor::run(args, start).await,
        Command::Completion { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "velocity", &mut script);
            std::io::Write::write_all(&mut std::io::stdout(), &script)?;
            Ok(ExitCode::SUCCESS)
        }
        command if serves(&command) => with_data(command, start.open_when_there().await?).await,
        command => with_data(command, start.open().await?).await,
    }
}

/// Those that run for years.
fn serves(command: &Command) -> bool {
    match command {
        Command::Worker(args) => args.serves(),
        Command::Daemon(args) => matches!(args, c::daemon::Args::Run(_)),
        _ => false,
    }
}

/// How long what a command has left behind in the database is waited for.
const GOOD_BYE: std::time::Duration = std::time::Duration::from_secs(2);

/// The commands that need the data directory. It is left in order: SQLite's journal is in its file again.
async fn with_data(command: Command, cx: context::Context) -> anyhow::Result<ExitCode> {
    let app = cx.app.clone();
    let done = on_data(command, cx).await;
    // Whatever still holds a connection then is ended with the process.
    let _ = tokio::time::timeout(GOOD_BYE, app.close()).await;
    done
}

async fn on_data(command: Command, cx: context::Context) -> anyhow::Result<ExitCode> {
    match command {
        Command::Discover(args) => c::discover::run(args, &cx).await,
        Command::Fingerprint(args) => c::fingerprint::run(*args, &cx).await,
        Command::Capture(args) => c::capture::run(args, &cx).await,
        Command::Load(args) => c::load::run(args, &cx).await,
        Command::Devices(args) => c::devices::run(args, &cx).await,
        Command::Sites(args) => c::objects::run(args, &cx).await,
        Command::Locations(args) => c::objects::run(args, &cx).await,
        Command::Roles(args) => c::objects::run(args, &cx).await,
        Command::Manufacturers(args) => c::objects::run(args, &cx).await,
        Command::DeviceTypes(args) => c::objects::run(args, &cx).await,
        Command::Platforms(args) => c::objects::run(args, &cx).await,
        Command::Interfaces(args) => c::objects::run(args, &cx).await,
        Command::IpAddresses(args) => c::objects::run(args, &cx).await,
        Command::Cables(args) => c::objects::run(args, &cx).await,
        Command::Tags(args) => c::objects::run(args, &cx).await,
        Command::Import(args) => c::import::run(args, &cx).await,
        Command::Notes(args) => c::notes::run(args, &cx).await,
        Command::Undo(args) => c::undo::run(args, &cx).await,
        Command::Notify(args) => c::notify::run(args, &cx).await,
        Command::Arp(args) => c::facts::search("arp", args, &cx).await,
        Command::Mac(args) => c::facts::search("mac", args, &cx).await,
        Command::Facts(args) => c::facts::run(args, &cx).await,
        Command::Changes(args) => c::changes::run(args, &cx).await,
        Command::Configs(args) => c::configs::run(args, &cx).await,
        Command::Captures(args) => c::captures::run(args, &cx).await,
        Command::Find(args) => c::find::run(args, &cx).await,
        Command::History(args) => c::history::run(args, &cx).await,
        Command::Route(args) => c::route::run(args, &cx).await,
        Command::Search(args) => c::search::run(args, &cx).await,
        Command::Topology(args) => c::topology::run(args, &cx).await,
        Command::Jobs(args) => c::jobs::run(args, &cx).await,
        Command::Run(args) => c::run::run(*args, &cx).await,
        Command::RunJobList(args) => c::run::run((*args).into(), &cx).await,
        Command::GenerateCaptureJobs(args) => c::jobs::generate(args, &cx).await,
        Command::ValidateJobs(args) => c::jobs::validate(args, &cx).await,
        Command::MigrateJobs(args) => c::jobs::migrate(args, &cx).await,
        Command::Batch(args) => c::batch::run(args, &cx).await,
        Command::Executions(args) => c::executions::run(args, &cx).await,
        Command::Schedule(args) => c::schedule::run(args, &cx).await,
        Command::ScheduleJob(args) => c::schedule::run_job(args, &cx).await,
        Command::Daemon(args) => c::daemon::run(args, &cx).await,
        Command::Worker(args) => c::worker::run(args, &cx).await,
        Command::Export(args) => c::export::run(args, &cx).await,
        Command::Hostkeys(args) => c::hostkeys::run(args, &cx).await,
        Command::Snmp(args) => c::snmp::run(args, &cx).await,
        Command::Report(args) => c::report::run(args, &cx).await,
        Command::Creds(args) => c::creds::run(args, &cx).await,
        Command::Update(args) => c::update::run(args, &cx).await,
        Command::Backup(args) => c::backup::make(args, &cx).await,
        Command::Vault(args) => c::vault::run(args, &cx).await,
        Command::Platform(c::platform::Args::Record(args)) => c::platform_record::run(*args, &cx).await,
        Command::Server(args) => c::server::run(args, &cx).await,
        Command::User(args) => c::user::run(args, &cx).await,
        Command::Token(args) => c::token::run(args, &cx).await,
        Command::Status(args) => c::status::run(args, &cx).await,
        Command::Init(_)
        | Command::Start(_)
        | Command::Lab(_)
        | Command::Restore(_)
        | Command::Doctor(_)
        | Command::Completion { .. } => {
            unreachable!("handled before")
        }
        Command::Db(_)
        | Command::Openapi(_)
        | Command::Parse(_)
        | Command::Detect(_)
        | Command::Templates(_)
        | Command::Platform(_) => {
            unreachable!("handled before")
        }
    }
}
