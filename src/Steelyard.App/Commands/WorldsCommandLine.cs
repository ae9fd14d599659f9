using System.CommandLine;
using System.Globalization;
using Steelyard.App.Live;
using Steelyard.App.Terminals;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.SideBySide;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard worlds</c>: one definition simulated and live, side by side.</summary>
internal sealed class WorldsCommandLine
{
    const string Payments = "payments";

    readonly DesignCatalogue _designs;
    readonly Terminal _terminal;
    readonly CommonOptionSet _common = new();
    readonly Argument<string?> _design = new("design")
    {
        Description = "What is run: bank, register or payments", Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<string?> _on = CommonOptionSet.Text(
        "--on", "engines", "Where bank and register stand live, several with commas:"
            + $" {string.Join(", ", EnginePlace.All.Select(place => place.Name))}; etcd when not given");
    readonly Option<string?> _variant = CommonOptionSet.Text(
        "--variant", "name", "Which variant of payments");
    readonly Option<string?> _out = CommonOptionSet.Text(
        "--out", "folder", "Where the page and the runs go; runs/worlds-<design>-<seed> when not given");

    WorldsCommandLine(DesignCatalogue designs, Terminal terminal) =>
        (_designs, _terminal) = (designs, terminal);

    public static Command Create(DesignCatalogue designs, Terminal terminal)
    {
        var worlds = new WorldsCommandLine(designs, terminal);
        var command = new Command(
            "worlds",
            "Run one definition simulated and live, under the same faults, and put both on one page")
        {
            worlds._design, worlds._on, worlds._variant, worlds._out,
        };
        worlds._common.AddTo(command, withSeed: true);
        command.SetAction(worlds.Execute);
        Examples.Of(command, "steelyard worlds bank --on etcd,redis",
            "steelyard worlds payments --variant key-after-effect");
        return command;
    }

    int Execute(ParseResult parsed)
    {
        var plan = new WorldPlan(_designs.Own, _designs.Engines)
        {
            Common = _common.Read(parsed), Faults = _common.Faults(parsed) ?? FaultChoice.Story,
            Seed = _common.Seed(parsed) ?? RunSpec.DefaultSeed,
        };
        var (name, on) = (Known(parsed, plan), parsed.GetValue(_on));
        var runs = name == Payments
            ? plan.OfService(name, parsed.GetValue(_variant))
            : plan.OfDesign(name, (on ?? "etcd").Split(','));
        foreach (var run in runs)
            run.Request.MustFit();
        var folder = parsed.GetValue(_out) ?? Path.Combine(
            RunFolder.DefaultParent, $"worlds-{name}-{plan.Seed}");
        using var interruption = new Interruption();
        var columns = new List<WorldColumn>();
        foreach (var run in runs)
            columns.Add(Run(run, Path.Combine(folder, run.Name.Replace(", ", "-", StringComparison.Ordinal)),
                runs, columns, interruption.Token));
        var comparison = new WorldComparison(
            name, Load(columns[0].Result.Scenario), columns, Unlike(name), Repeat(parsed, name, plan));
        var page = Path.Combine(folder, "worlds.html");
        AtomicFile.Write(page, stream => WorldsPage.Write(stream, comparison));
        new WorldsTable(_terminal, comparison).Write(page);
        return interruption.Token.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Held;
    }

    WorldColumn Run(
        PlannedRun run, string path, IReadOnlyList<PlannedRun> runs, List<WorldColumn> done,
        CancellationToken cancellation)
    {
        var folder = RunFolder.Make(path, run.Request);
        var trace = new RunTrace();
        using var status = new StatusLine(_terminal);
        var kept = run.Request.Spec.IsLive ? new LiveKeeper(folder) : null;
        var result = Runs.Run.Execute(run.Request, EveryDesign.CreateWorld(), new()
        {
            Cancellation = cancellation, Progress = new RunProgress(status, run.Request, kept),
            Recorder = kept?.Recorder, Trace = trace, States = trace, Keep = folder.Path,
        });
        folder.Write(result, trace);
        var spec = run.Request.Spec with { Faults = FaultChoice.Named(folder.Faults) };
        return new(run.Name, RunCommand.Of(spec), result)
        {
            Twin = run.Twin is { } twin ? done[runs.ToList().IndexOf(twin)] : null,
        };
    }

    string Known(ParseResult parsed, WorldPlan plan)
    {
        var name = parsed.GetValue(_design);
        if (name is null || !plan.Names.Contains(name, StringComparer.Ordinal))
            throw new UserMistakeException(
                $"steelyard worlds: expected one of {string.Join(", ", plan.Names)}, found"
                + (name is null ? " none" : $" \"{name}\"{Suggestion.For(name, plan.Names)}"));
        if (name == Payments && parsed.GetValue(_on) is { } on)
            throw new UserMistakeException(
                $"--on: expected none, since payments stand on postgres, found {on}");
        if (name != Payments && parsed.GetValue(_variant) is { } variant)
            throw new UserMistakeException(
                $"--variant: expected none, since {name} has none here, found {variant}");
        return name;
    }

    static string Load(Scenario scenario) => string.Create(
        CultureInfo.InvariantCulture,
        $"{scenario.Load.Clients} clients, {scenario.Load.RatePerSecond:0.#} requests a second for"
        + $" {scenario.Load.Duration.TotalSeconds:0.#} s");

    string Repeat(ParseResult parsed, string name, WorldPlan plan) => string.Join(' ',
    [
        $"steelyard worlds {name}",
        .. new[] { ("on", parsed.GetValue(_on)), ("variant", parsed.GetValue(_variant)) }
            .Where(one => one.Item2 is not null).Select(one => $"--{one.Item1} {one.Item2}"),
        .. RunCommand.Common(plan.Common).Select(one => $"--{one.Name} {one.Value}"),
        .. plan.Faults.Name == FaultChoice.Story.Name
            ? Array.Empty<string>()
            : [$"--faults {plan.Faults.Name}"],
        $"--seed {plan.Seed}",
    ]);

    static string[] Unlike(string name) => name == Payments
        ?
        [
            "Application, clients and checkers are the same. Simulated, messages and disks take the time that"
            + " they are given, and computing takes none: a host starts at once. Live, a message takes"
            + " microseconds, and whatever is computed takes what this machine has left; a host starts as"
            + " slowly as .NET does.",
            "The simulated database is SQLite, which lets one transaction write at a time; live it is"
            + " PostgreSQL at read committed.",
        ]
        :
        [
            "Workload and checkers are the same. Simulated, the nodes stand in two data centres; live, all"
            + " stand on one machine, where a message takes microseconds.",
            "Simulated clients ask again, of another node as well, until they are answered or give up; live,"
            + " the engine's clients ask once, and what is not answered in 2 s is unknown.",
            "Simulated replicas agree by Raft; live, each engine does as it does.",
        ];
}
