using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Report;

/// <summary>An architecture for the tests of its page: users, a service that is scaled or not, a cache, a
/// database whose pool may be narrow.</summary>
internal static class ShopRuns
{
    /// <summary>A run of it.</summary>
    /// <param name="pool">How many calls of the database each instance may have open.</param>
    /// <param name="options">Options of the design, as on the command line.</param>
    public static RunResult Run(int? pool = null, params (string Name, string Value)[] options)
    {
        var design = new ArchitectureDesign(Graph(pool));
        var given = options.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);
        var read = new DesignOptions(design, new CommonOptions(), given);
        return Steelyard.Runs.Run.Execute(
            RunRequest.Of(design, read, FaultChoice.Story, new Seed(7)), new SimulatedWorld(),
            RunControl.None);
    }

    static ArchitectureGraph Graph(int? pool) => new("shop",
        [
            new ClientsPart("users")
            {
                Rate = 200, Reads = 0.9, Keys = 200, Skew = 1,
                Calls = [new("api") { Timeout = TimeSpan.FromSeconds(1), Retries = 1 }],
            },
            new ServicePart("api")
            {
                Instances = 2, Workers = 8, Time = TakesTime.Parse("exp 5ms"), Price = 0.1,
                Calls = [new("cache") { When = Edge.Reads }, new("db") { Pool = pool }],
            },
            new CachePart("cache") { Size = 50 },
            new DatabasePart("db")
            {
                Workers = 6, Time = TakesTime.Parse("exp 10ms"), WriteTime = TakesTime.Parse("exp 10ms"),
            },
        ])
    {
        Duration = TimeSpan.FromSeconds(40),
        Settle = TimeSpan.FromSeconds(4),
    };

    /// <summary>The page of a run.</summary>
    public static string Page(RunResult run)
    {
        using var stream = new MemoryStream();
        ReportPage.Write(stream, run, Samples.Commands, trace: null);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
