using System.CommandLine;
using Steelyard.App.Commands;
using Steelyard.App.Terminals;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Live.Amplification;
using Steelyard.Plots;

namespace Steelyard.App.Live;

/// <summary><c>steelyard amplification</c>: what stores write and read for each byte that they are
/// asked.</summary>
internal sealed class AmplificationCommandLine
{
    const int MostRecords = 100_000_000;
    const int MostBytes = 1 << 20;

    readonly Option<string?> _stores = CommonOptionSet.Text(
        "--store", "names",
        $"Stores with commas between them ({Names}); all when not given");
    readonly ParameterOption _records = Number(
        "records", "records that are loaded, and then updated at random as often", MostRecords, 200_000);
    readonly ParameterOption _value = Number(
        "value", "bytes of a value; a key has 8", MostBytes, 100);
    readonly ParameterOption _batch = Number(
        "batch", "records of a transaction, which is on the disk before the next", MostRecords, 100);
    readonly ParameterOption _reads = Number(
        "reads", "records that are read one by one, and then in ranges of 100", MostRecords, 5000);
    readonly ParameterOption _memory = Number(
        "memory", "KiB that a store may keep in memory, where it can be told", MostBytes, 1024);
    readonly ParameterOption _repetitions = Number(
        "repetitions", "times that all of it is done, each with other keys", 100, 3);
    readonly FigureOptionSet _shown = new();
    readonly Option<string?> _page = CommonOptionSet.Text(
        "--page", "file.html", "Write a page with tables and a chart into this file too");

    static string Names => string.Join(", ", MeasuredStore.All.Select(store => store.Name));

    public static Command Create(Terminal terminal)
    {
        var amplification = new AmplificationCommandLine();
        var command = new Command(
            "amplification",
            "Measure what an LSM tree and B-trees write, read and keep for each byte that they are asked");
        command.Add(amplification._stores);
        foreach (var option in amplification.Numbers)
            command.Add(option.Option);
        amplification._shown.AddTo(command);
        command.Add(amplification._page);
        command.SetAction(parsed => amplification.Execute(parsed, terminal));
        Examples.Of(
            command, "steelyard amplification", "steelyard amplification --store rocksdb,lmdb --batch 1"
                + " --records 20000", "steelyard amplification --value 1000 --page rum.html");
        return command;
    }

    ParameterOption[] Numbers => [_records, _value, _batch, _reads, _memory, _repetitions];

    int Execute(ParseResult parsed, Terminal terminal)
    {
        using var interruption = new Interruption();
        var (stores, plan, repetitions) =
            (Chosen(parsed.GetValue(_stores)), PlanOf(parsed), (int)_repetitions.Read(parsed));
        var findings = Measured(stores, plan, repetitions, terminal, interruption.Token);
        var (plot, notes) = (PlotOf(findings), AmplificationLines.Notes(plan, repetitions));
        if (parsed.GetValue(_page) is { } page)
            AtomicFile.Write(page, AmplificationPage.Of(findings, plot, notes, Again(parsed, stores)));
        _shown.Show(
            terminal, parsed, AmplificationFigures.Of(findings), plot, notes,
            new([], [.. AmplificationLines.Of(findings)]));
        return ExitCodes.Held;
    }

    string Again(ParseResult parsed, IReadOnlyList<MeasuredStore> stores) =>
        $"steelyard amplification --store {string.Join(',', stores.Select(store => store.Name))}"
        + string.Concat(Numbers.Select(
            number => FormattableString.Invariant($" {number.Option.Name} {number.Read(parsed)}")));

    AmplificationPlan PlanOf(ParseResult parsed)
    {
        int Read(ParameterOption option) => (int)option.Read(parsed);
        return new(
            Read(_records), Read(_value), Read(_batch), Read(_reads), Read(_memory) * 1024);
    }

    // The repetitions of one store are not done one after the other: what else the machine does for a while
    // would fall on that store alone.
    static List<StoreFindings> Measured(
        IReadOnlyList<MeasuredStore> stores, AmplificationPlan plan, int repetitions, Terminal terminal,
        CancellationToken cancellation)
    {
        using var status = new StatusLine(terminal);
        var runs = stores.ToDictionary(store => store, _ => new List<IReadOnlyList<StorePhase>>());
        var (done, all) = (0, stores.Count * repetitions);
        for (var repetition = 1; repetition <= repetitions; repetition++)
            foreach (var store in stores)
            {
                runs[store].Add(StoreMeasurement.Of(
                    store, plan, seed: repetition,
                    share => status.Show(elapsed =>
                        $"{store.Name}, {repetition} of {repetitions}: {share:0 %},"
                        + $" {StatusLine.TimeLeft(elapsed, (done + share) / all)}"),
                    cancellation));
                done++;
            }

        status.Clear();
        return [.. stores.Select(store => new StoreFindings(store, plan, runs[store]))];
    }

    static IReadOnlyList<MeasuredStore> Chosen(string? names) => names is null ? MeasuredStore.All :
    [
        .. names.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Select(
            name => MeasuredStore.All.FirstOrDefault(store => store.Name == name)
                ?? throw new UserMistakeException($"--store: expected some of {Names}, found \"{name}\""
                    + Suggestion.For(name, [.. MeasuredStore.All.Select(store => store.Name)]))),
    ];

    static Plot PlotOf(IReadOnlyList<StoreFindings> findings) => new(
        "What a store writes for an update, and reads for a read",
        AmplificationLines.Written, AmplificationLines.Read,
        [
            .. findings.Select(found => new PlotSeries(
                found.Store.Name,
                [
                    (AmplificationLines.Update(found).Value, AmplificationLines.ColdRead(found).Value),
                ])
            {
                IsJoined = false,
            }),
        ]);

    static ParameterOption Number(string name, string meaning, double most, double usual) =>
        new(new(name, meaning, 1, most) { IsWhole = true, Default = usual });
}
