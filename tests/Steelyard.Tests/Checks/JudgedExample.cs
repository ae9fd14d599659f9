using System.Globalization;
using System.Text;
using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Naming;
using Steelyard.Analysis.Staleness;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>A history of docs/anomalies.md, judged as its mark says: <c>word initial={…} consistency=…
/// staleness=… format=… with=other+others</c>, where the word is one of <c>--model</c> or
/// <c>checker=name</c>.</summary>
internal sealed class JudgedExample(AnomalyExample example)
{
    static readonly Dictionary<string, IChecker> Checkers = new(StringComparer.Ordinal)
    {
        ["acknowledged-kept"] = new AcknowledgedKept(),
        ["delivered-once"] = new DeliveredOnce(),
        ["no-overdraft"] = new NoOverdraft(new Dictionary<long, long> { [1] = 100, [2] = 0 }),
        ["replicas-converge"] = new ReplicasConverge(),
        ["replies-after-parents"] = new RepliesAfterParents(),
        ["status-kept"] = new StatusKept(),
        ["total-conserved"] = new TotalConserved(100),
    };

    /// <summary>What it shows besides, by its mark.</summary>
    public IReadOnlyList<string> With => Option("with")?.Split('+') ?? [];

    /// <summary>What is found.</summary>
    public IReadOnlyList<Verdict> Verdicts()
    {
        var history = Read();
        if (Option("checker") is { } checker)
            return [Checkers[checker].Check(history)];
        var initial = Option("initial") is { } text
            ? History.Parse($"0 invoke initial {text}")[0].Input
            : Value.Nil;
        StalenessLimit? staleness = Option("staleness") is { } versions
            ? StalenessLimit.Of(int.Parse(versions, CultureInfo.InvariantCulture))
            : null;
        var consistency = Option("consistency");
        var model = HistoryModels.Of(example.Mark.Split(' ')[0], initial, consistency);
        history = model.InOurWords?.Invoke(history) ?? history;
        var request = new ModelRequest(history, initial, consistency, staleness);
        return [.. model.Judges(request).Select(judge => judge.Check(history))];
    }

    History Read()
    {
        if (Option("format") is not { } format)
            return History.Parse(example.Text);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(example.Text));
        return HistoryFile.Read(stream, "example", new() { Format = HistoryFormats.Named(format) }).History;
    }

    // Up to the next blank, or to where a map ends.
    string? Option(string name)
    {
        var at = example.Mark.IndexOf(name + "=", StringComparison.Ordinal);
        if (at < 0)
            return null;
        var rest = example.Mark[(at + name.Length + 1)..];
        var end = rest.IndexOf(rest[0] == '{' ? '}' : ' ', StringComparison.Ordinal);
        return end < 0 ? rest : rest[..(rest[0] == '{' ? end + 1 : end)];
    }
}
