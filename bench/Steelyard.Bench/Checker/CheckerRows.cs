using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Bench.Checker;

/// <summary>How fast histories are judged; reading them is not counted.</summary>
internal static class CheckerRows
{
    /// <summary>The rows of design section 8 on linearizability, and recorded histories where they are at
    /// hand.</summary>
    public static IEnumerable<Row> All()
    {
        yield return Generated(
            "register, 20 clients, 10 k operations", 10_000, 20, KnownModels.Register(), 200e3);
        yield return Generated(
            "register, 50 clients, 100 k operations", 100_000, 50, KnownModels.Register(), 1e6);
        yield return Generated(
            "register, 50 clients, 1 M operations", 1_000_000, 50, KnownModels.Register(), 1e6);
        yield return Generated("kv, 20 clients, 10 k operations", 10_000, 20, KnownModels.Kv(), 200e3);
        yield return Generated("kv, 50 clients, 1 M operations", 1_000_000, 50, KnownModels.Kv(), 1e6);
        yield return Searched(
            "queue of five values, 8 clients, 10 k operations", KnownModels.Queue(),
            () => GeneratedHistories.Queue(10_000, 8));
        yield return Searched(
            "multi-register, 10 registers, 10 clients, 20 k operations", KnownModels.MultiRegister(),
            () => GeneratedHistories.Registers(20_000, 10));
        yield return Appends(10_000);
        yield return Appends(100_000);
        yield return Exchanges(100_000);
        yield return Exchanges(1_000_000);
        Model[] collections =
            [KnownModels.Queue(), KnownModels.Stack(), KnownModels.PriorityQueue(), KnownModels.Set()];
        foreach (var model in collections)
            for (var operations = 1_000; operations <= 1_000_000; operations *= 10)
                yield return Collection(model, operations);
        foreach (var row in Sessions())
            yield return row;
        foreach (var row in Recorded())
            yield return row;
    }

    static Row Collection(Model model, int operations)
    {
        History? history = null;
        var name = $"{model.Name}, 16 clients, {operations / 1_000} k operations";
        return new(name, "operations/s", 500e3, () =>
        {
            history ??= GeneratedCollections.Of(model, operations, 16);
            return Judge(history, model);
        });
    }

    static Row Generated(string name, int operations, int clients, Model model, double aim)
    {
        var isKv = model.Name == "kv";
        var (read, write) = isKv ? (Functions.Get, Functions.Put) : (Functions.Read, Functions.Write);
        History? history = null;
        return new(name, "operations/s", aim, () =>
        {
            history ??= GeneratedHistories.OneKey(operations, clients, read, write);
            return Judge(history, model);
        });
    }

    static Row Searched(string name, Model model, Func<History> make)
    {
        History? history = null;
        return new(name, "operations/s", 10e3, () => Judge(history ??= make(), model));
    }

    static Row Appends(int operations)
    {
        History? history = null;
        var name = $"kv, mostly appends to one key, 50 clients, {operations / 1_000} k operations";
        return new(name, "operations/s", 10e3, () =>
        {
            history ??= GeneratedHistories.Appends(operations, 50);
            return Judge(history, KnownModels.Kv());
        });
    }

    static Row Exchanges(int operations)
    {
        History? history = null;
        var name = $"cas-register, a value of its own each, 50 clients, {operations / 1_000} k operations";
        return new(name, "operations/s", 500e3, () =>
        {
            history ??= GeneratedHistories.Exchanges(operations, 50);
            return Judge(history, KnownModels.CasRegister());
        });
    }

    static IEnumerable<Row> Sessions()
    {
        var one = new Lazy<History>(() => LaggingHistories.Of(1_000_000, 50, keys: 1));
        var many = new Lazy<History>(() => LaggingHistories.Of(1_000_000, 50, keys: 1_000));
        foreach (var name in SessionConsistency.Names)
        {
            var checker = new SessionConsistency(name);
            yield return new($"{name}, 50 sessions, 1 key, 1 M operations", "operations/s", null,
                () => Judge(one.Value, checker));
            yield return new($"{name}, 50 sessions, 1,000 keys, 1 M operations", "operations/s", null,
                () => Judge(many.Value, checker));
        }
    }

    static IEnumerable<Row> Recorded()
    {
        if (Folder() is not { } folder)
        {
            Console.WriteLine("recorded histories skipped: ../shared/histories is not there");
            yield break;
        }

        var cas = KnownModels.CasRegister();
        yield return Files("recorded etcd histories", folder, "porcupine/jepsen", "*.log", cas);
        yield return Files("recorded kv histories", folder, "porcupine/kv", "*.txt", KnownModels.Kv());
        yield return Files("recorded Knossos histories", folder, "knossos/cas-register", "*.edn", cas);
    }

    static Row Files(string name, string folder, string under, string pattern, Model model)
    {
        var histories = Directory
            .EnumerateFiles(Path.Combine(folder, under), pattern, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => HistoryFile.Read(file))
            .ToList();
        return new($"{name} ({histories.Count})", "histories/s", null, () =>
        {
            foreach (var history in histories)
                Judge(history, model);
            return histories.Count;
        });
    }

    static double Judge(History history, Model model) => Judge(history, new Linearizable(model));

    static double Judge(History history, IChecker checker)
    {
        var verdict = checker.Check(history);
        return verdict.Validity != Validity.Unknown
            ? history.Count
            : throw new InvalidOperationException(verdict.Summary);
    }

    static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.Parent?.FullName ?? "/", "shared", "histories");
            if (File.Exists(Path.Combine(at.FullName, "Steelyard.slnx")))
                return Directory.Exists(folder) ? folder : null;
        }

        return null;
    }
}
