using Steelyard.Histories;
using Steelyard.Services.Determinism.Static;

namespace Steelyard.Services.Tests.Determinism.Static;

public sealed class EscapeScanTests
{
    static readonly ILookup<string, Escape> s_found = EscapeScan.Of(typeof(Runaways).Assembly.Location)
        .ToLookup(escape => escape.Method, StringComparer.Ordinal);

    [Theory]
    [InlineData(nameof(Runaways.ReadsTheClock), "clock", "DateTime.UtcNow")]
    [InlineData(nameof(Runaways.WaitsByTheClock), "clock", "Task.Delay")]
    [InlineData(nameof(Runaways.LimitsByTheClock), "clock", "new CancellationTokenSource(…)")]
    [InlineData(nameof(Runaways.FillsByTheClock), "clock", "new TokenBucketRateLimiter(…)")]
    [InlineData(nameof(Runaways.DrawsAName), "random", "Guid.NewGuid")]
    [InlineData(nameof(Runaways.DrawsANumber), "random", "Random.Shared")]
    [InlineData(nameof(Runaways.StartsAThread), "thread", "new Thread(…)")]
    [InlineData(nameof(Runaways.Sleeps), "blocking", "Thread.Sleep")]
    [InlineData(nameof(Runaways.BlocksOnAResult), "blocking", "Task.Result")]
    [InlineData(nameof(Runaways.BlocksOnAnAwaiter), "blocking", "TaskAwaiter.GetResult")]
    [InlineData(nameof(Runaways.OpensASocket), "network", "new TcpClient()")]
    [InlineData(nameof(Runaways.MakesAClient), "network", "new HttpClient()")]
    [InlineData(nameof(Runaways.ReadsAFile), "machine", "File.ReadAllText")]
    [InlineData(nameof(Runaways.ReadsTheEnvironment), "machine", "Environment.GetEnvironmentVariable")]
    [InlineData(nameof(Runaways.WalksInHashOrder), "hash order", "ConcurrentDictionary.Keys")]
    [InlineData(nameof(Runaways.HidesInALambda), "random", "Guid.NewGuid")]
    public void A_way_out_is_found_with_its_line(string method, string kind, string call)
    {
        var escape = Assert.Single(s_found[$"{typeof(Runaways).FullName}.{method}"]);

        Assert.Equal(kind, escape.Kind);
        Assert.Equal(call, escape.Call);
        Assert.Equal("Runaways.cs", escape.File);
        Assert.True(escape.Line > 1);
    }

    [Theory]
    [InlineData(nameof(Runaways.AsksItsClock))]
    [InlineData(nameof(Runaways.WaitsByItsClock))]
    [InlineData(nameof(Runaways.LimitsByItsClock))]
    [InlineData(nameof(Runaways.CountsWhoIsInside))]
    [InlineData(nameof(Runaways.DrawsFromASeed))]
    [InlineData(nameof(Runaways.RunsATask))]
    [InlineData(nameof(Runaways.AwaitsAResult))]
    [InlineData(nameof(Runaways.AsksForAClient))]
    [InlineData(nameof(Runaways.WalksNumbers))]
    [InlineData(nameof(Runaways.WalksInOrder))]
    public void What_stays_in_the_world_is_not_named(string method) =>
        Assert.Empty(s_found[$"{typeof(Runaways).FullName}.{method}"]);

    [Theory]
    [InlineData(nameof(Runaways.ReadsTheClock), true)]
    [InlineData(nameof(Runaways.WaitsByTheClock), true)]
    [InlineData(nameof(Runaways.FillsByTheClock), true)]
    [InlineData(nameof(Runaways.DrawsAName), true)]
    [InlineData(nameof(Runaways.WalksInHashOrder), true)]
    [InlineData(nameof(Runaways.StartsAThread), false)]
    [InlineData(nameof(Runaways.Sleeps), false)]
    [InlineData(nameof(Runaways.OpensASocket), false)]
    [InlineData(nameof(Runaways.ReadsAFile), false)]
    public void On_the_copy_of_the_runtime_clocks_and_random_sources_are_held(string method, bool isHeld) =>
        Assert.Equal(isHeld, Assert.Single(s_found[$"{typeof(Runaways).FullName}.{method}"]).IsHeld);

    [Fact]
    public void A_package_that_blocks_is_told_and_what_the_world_brings_is_not()
    {
        var packages = EscapeScan.Packages(typeof(Runaways).Assembly.Location);

        // It waits for what nobody awaits in its synchronous methods.
        Assert.Contains(packages, package =>
            package.Name.StartsWith("Microsoft.EntityFrameworkCore/", StringComparison.Ordinal)
            && package.Escapes.Any(escape => escape.Kind == "blocking"));
        Assert.DoesNotContain(packages, package =>
            package.Name.StartsWith("SQLitePCLRaw", StringComparison.Ordinal));
        Assert.DoesNotContain(packages, package => package.Escapes.Any(escape => escape.IsHeld));
    }

    [Fact]
    public void The_application_is_the_users_own_and_packages_are_not()
    {
        var names = EscapeScan.AssembliesOf(typeof(Runaways).Assembly.Location)
            .Select(Path.GetFileName)
            .ToList();

        Assert.Contains("Steelyard.Services.Tests.dll", names);
        Assert.DoesNotContain("Steelyard.Services.dll", names);
        Assert.DoesNotContain("xunit.core.dll", names);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused_in_one_line()
    {
        var source = Path.ChangeExtension(typeof(Runaways).Assembly.Location, ".deps.json");

        var mistake = Assert.Throws<UserMistakeException>(() => EscapeScan.Of(source));

        Assert.Contains("expected an assembly of .NET", mistake.Message, StringComparison.Ordinal);
    }
}
