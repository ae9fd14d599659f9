using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Tests.Architecture.Running;

/// <summary>A read model beside an event log.</summary>
public sealed class ProjectionTests
{
    static readonly ProjectionPart s_view = new("view")
    {
        Calls = [new("log")], ApplyTime = TakesTime.Parse("10ms"), Batch = 1_000,
    };

    [Fact]
    public void Reads_are_as_stale_as_the_projector_takes_and_writes_are_all_there()
    {
        var slow = Run(s_view with { ApplyTime = TakesTime.Parse("400ms") });
        var quick = Run(s_view with { ApplyTime = TakesTime.Nothing });

        // What came just after a batch was asked for waits for that one and for its own.
        Assert.InRange(slow.Of("staleness-max").Value, 600, 810);
        Assert.InRange(slow.Of("view-delivery-mean").Value, 500, 700);
        Assert.True(slow.Ledger.OwnWritesMissed > 100);
        Assert.InRange(quick.Of("staleness-max").Value, 0, 1);
        Assert.Equal(0, quick.Ledger.OwnWritesMissed);
        Assert.All([slow, quick], NothingIsLostOrDoubled);
    }

    [Theory]
    [InlineData(ProjectionPart.Naive)]
    [InlineData(ProjectionPart.Idempotent)]
    public void A_crash_between_apply_and_checkpoint_doubles_effects_of_a_naive_projector_alone(
        string projector)
    {
        var run = Run(
            s_view with { Projector = projector, CheckpointTime = TakesTime.Parse("500ms") }, crash: "view");

        // Half a second of a hundred writes a second, applied and not noted.
        var doubled = projector == ProjectionPart.Naive;
        Assert.InRange(run.Ledger.Doubled, doubled ? 20 : 0, doubled ? 80 : 0);
        Assert.Equal(0, run.Ledger.Lost);
        Assert.Equal(doubled, run.Verdicts.Any(verdict => verdict.Validity == Validity.Invalid));
    }

    [Fact]
    public void A_crash_before_a_batch_is_applied_doubles_nothing_even_of_a_naive_one()
    {
        var run = Run(
            s_view with { Projector = ProjectionPart.Naive, ApplyTime = TakesTime.Parse("500ms") },
            crash: "view");

        NothingIsLostOrDoubled(run);
    }

    [Fact]
    public void A_crash_of_the_log_loses_nothing_and_the_projection_follows_again()
    {
        var run = Run(s_view, crash: "log");

        NothingIsLostOrDoubled(run);
        Assert.Equal(
            run.Ledger.Applied, run.FiguresOf(run.Graph.PartOf("view")).Deliveries.Count);
    }

    [Theory]
    [InlineData(ProjectionPart.Beside)]
    [InlineData(ProjectionPart.InPlace)]
    public void A_model_that_is_made_anew_beside_the_old_one_costs_no_staleness_and_one_in_place_does(
        string rebuild)
    {
        // A thousand events of ten seconds, 2 ms each.
        var run = Run(s_view with
        {
            ApplyTime = TakesTime.Nothing, PerEvent = TimeSpan.FromMilliseconds(2), Batch = 100,
            RebuildAt = TimeSpan.FromSeconds(10), Rebuild = rebuild,
        });

        Assert.InRange(run.Of("view-rebuild-time").Value, 2_000, 3_000);
        var isStale = rebuild == ProjectionPart.InPlace;
        Assert.InRange(run.Of("staleness-max").Value, isStale ? 5_000 : 0, isStale ? 12_500 : 500);
        NothingIsLostOrDoubled(run);
    }

    [Fact]
    public void One_that_is_slower_than_the_writes_falls_behind_without_end()
    {
        var run = Run(s_view with
        {
            ApplyTime = TakesTime.Nothing, PerEvent = TimeSpan.FromMilliseconds(15), Batch = 10,
        });

        Assert.Equal("view", run.SteadyState.Growing!.Value.Part.Name);
        // A hundred come a second, and 67 are applied.
        Assert.InRange(run.SteadyState.Growing.Value.Growth.PerSecond.Estimate, 28, 38);
    }

    [Fact]
    public void A_write_that_comes_again_is_one_event_where_the_log_knows_it()
    {
        ArchitectureAccount With(bool dedup) => Run(
            s_view, new("log") { Dedup = dedup, Sync = TakesTime.Parse("exp 10ms") }, timeout: 20);

        Assert.True(With(false).Ledger.Doubled > 0);
        Assert.Equal(0, With(true).Ledger.Doubled);
    }

    [Theory]
    [InlineData("all", "writes")]
    [InlineData("reads", "all")]
    public void Reads_go_to_the_projection_and_writes_to_the_log(string ofView, string ofLog)
    {
        var mistake = Assert.Throws<UserMistakeException>(() =>
            ArchitectureScenario.Of(Graph(s_view, new("log"), ofView, ofLog)));

        Assert.StartsWith("api: expected \"when: ", mistake.Message, StringComparison.Ordinal);
    }

    static void NothingIsLostOrDoubled(ArchitectureAccount run) =>
        Assert.Equal((0, 0), (run.Ledger.Lost, run.Ledger.Doubled));

    static ArchitectureAccount Run(
        ProjectionPart view, LogPart? log = null, string? crash = null, double? timeout = null) =>
        Simulated.Run(Graph(view, log ?? new("log"), "reads", "writes", timeout) with
        {
            Faults = crash is null ? FaultPlan.None : new([new CrashFault
            {
                At = TimeSpan.FromSeconds(10.4), For = TimeSpan.FromSeconds(1), Nodes = [crash],
            }]),
        });

    // A hundred writes a second, of ten sessions that read what they wrote.
    static ArchitectureGraph Graph(
        ProjectionPart view, LogPart log, string ofView, string ofLog, double? timeout = null) => new("cqrs",
    [
        new ClientsPart("clients")
        {
            Rate = 200, Reads = 0.5, Keys = 50, Sessions = 10,
            Calls = [new("api") { Timeout = TimeSpan.FromSeconds(2) }],
        },
        new ServicePart("api")
        {
            Calls =
            [
                new("log")
                {
                    When = ofLog, Retries = timeout is null ? 0 : 5,
                    Timeout = timeout is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
                },
                new("view") { When = ofView },
            ],
        },
        log,
        view,
    ])
    {
        Link = TakesTime.Parse("50us"), Duration = TimeSpan.FromSeconds(20),
    };
}
