using Steelyard.Formats.Edn;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>One of Elle's own test histories, with what Elle said of it under several options.</summary>
internal sealed record ElleCase(
    long Id, string Workload, History History, IReadOnlyList<ElleVerdict> Verdicts)
{
    /// <summary>Reads the file; empty where it is not.</summary>
    public static IReadOnlyList<ElleCase> All(string workload)
    {
        if (SharedFolder.File("elle/elle_test_cases.edn") is not { } path)
            return [];
        using var file = File.OpenRead(path);
        var reader = new EdnReader(new ByteReader(file), path);
        var cases = new List<ElleCase>();
        while (reader.SkipToForm() != ByteReader.End)
        {
            var value = reader.Read();
            if (value["workload"].AsText == workload)
                cases.Add(Of(value));
        }

        return cases;
    }

    static ElleCase Of(Value value)
    {
        var builder = new HistoryBuilder();
        foreach (var entry in value["history"].AsList)
            Add(builder, entry);
        var verdicts = new List<ElleVerdict>();
        foreach (var verdict in value["verdicts"].AsList)
            // Of one history Elle said only that it does not like the types of its values.
            if (!verdict["valid?"].IsNil)
                verdicts.Add(ElleVerdict.Of(verdict));
        return new(value["id"].AsInteger, value["workload"].AsText, builder.Build(), verdicts);
    }

    static void Add(HistoryBuilder builder, Value entry)
    {
        var process = (int)entry["process"].AsInteger;
        var outcome = entry["type"].AsText switch
        {
            "ok" => Outcome.Ok,
            "fail" => Outcome.Fail,
            "info" => Outcome.Info,
            _ => Outcome.Open,
        };
        if (outcome == Outcome.Open)
            builder.Invoke(process, Functions.Txn, Value.Nil, entry["value"]);
        else
            builder.Complete(
                builder.OpenOperationOf(process)!.Value, outcome,
                outcome == Outcome.Ok ? entry["value"] : Value.Nil);
    }
}

/// <summary>What Elle said.</summary>
internal sealed record ElleVerdict(
    IReadOnlyList<string> Models, Value Options, Validity Validity, IReadOnlyList<string> Anomalies,
    IReadOnlyList<string> Not)
{
    public static ElleVerdict Of(Value value) => new(
        Texts(value["opts"]["consistency-models"]), value["opts"],
        value["valid?"].Kind == ValueKind.Text ? Validity.Unknown
            : value["valid?"].AsBoolean ? Validity.Valid : Validity.Invalid,
        Texts(value["anomaly-types"]), Texts(value["not"]));

    static List<string> Texts(Value list)
    {
        var texts = new List<string>();
        if (list.Kind == ValueKind.List)
            foreach (var text in list.AsList)
                texts.Add(text.AsText);
        return texts;
    }
}
