using Steelyard.Bench;
using Steelyard.Bench.Architecture;
using Steelyard.Bench.Caching;
using Steelyard.Bench.Checker;
using Steelyard.Bench.Designs;
using Steelyard.Bench.Files;
using Steelyard.Bench.Growth;
using Steelyard.Bench.Recording;
using Steelyard.Bench.Services;
using Steelyard.Bench.Simulator;
using Steelyard.Bench.Traces;
using Steelyard.Bench.Transactions;
using Steelyard.Services.Scheduling;

// A services world takes the whole process, with one worker from the start: it is asked for alone.
var isServices = args is ["services" or "services-memory", ..];
if (isServices)
    PoolThread.Prepare();
if (args is ["services-memory"])
{
    ServicesMemory.Print();
    return 0;
}

if (args is ["growth"])
{
    GrowthCurves.Print();
    return 0;
}

if (args is ["write-traces", var path, var count] && int.TryParse(count, out var spans))
{
    GeneratedTraces.Write(path, spans);
    return 0;
}

// Each part adds its rows here; a part is asked for by name, no name is all but the services.
var parts = new SortedDictionary<string, Func<IEnumerable<Row>>>(StringComparer.Ordinal)
{
    ["architecture"] = ArchitectureRows.All,
    ["caching"] = CacheRows.All,
    ["checker"] = CheckerRows.All,
    ["designs"] = DesignRows.All,
    ["files"] = FileRows.All,
    ["recording"] = RecordingRows.All,
    ["simulator"] = SimulatorRows.All,
    ["traces"] = TraceRows.All,
    ["transactions"] = TransactionRows.All,
};
if (isServices)
    parts = new(StringComparer.Ordinal) { ["services"] = ServicesRows.All };

// The last two words may leave out every row without a text in its name: --only recorded.
var only = args is [.., "--only", var text] ? text : "";
var asked = only.Length == 0 ? args : args[..^2];
var unknown = asked.Except(parts.Keys, StringComparer.Ordinal).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine(
        $"expected {string.Join(", ", parts.Keys)}, with --only <text> or not, or growth, services or"
        + $" services-memory alone, found \"{unknown[0]}\"");
    return 2;
}

foreach (var (name, rows) in parts.Where(
    part => asked.Length == 0 || asked.Contains(part.Key, StringComparer.Ordinal)))
{
    Console.WriteLine(name);
    foreach (var row in rows().Where(row => row.Name.Contains(only, StringComparison.Ordinal)))
        row.Print();
}

return 0;
