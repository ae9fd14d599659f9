using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Replays;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Replays;

public sealed class ReplayTests
{
    static readonly DesignCatalogue Designs = new([new TinyRegister()]);

    [Fact]
    public void A_run_is_the_same_again()
    {
        using var place = new TemporaryFolder();
        var folder = Recorded(place);

        var replay = Replay.Execute(folder, Designs, new SimulatedWorld(), RunControl.None);

        Assert.True(replay.IsSame);
        Assert.Null(replay.Difference);
    }

    [Fact]
    public void A_run_that_was_stopped_is_replayed_up_to_where_it_was_stopped()
    {
        using var place = new TemporaryFolder();
        var folder = Recorded(place, stopAtEvent: 300);

        var replay = Replay.Execute(folder, Designs, new SimulatedWorld(), RunControl.None);

        Assert.True(replay.Again.World.IsPartial);
        Assert.True(replay.IsSame);
    }

    [Fact]
    public void The_first_event_that_differs_is_told()
    {
        using var place = new TemporaryFolder();
        var folder = Recorded(place);
        File.WriteAllText(folder.Scenario, File.ReadAllText(folder.Scenario)
            .Replace("seed: 0x5", "seed: 0x6", StringComparison.Ordinal));

        var replay = Replay.Execute(folder, Designs, new SimulatedWorld(), RunControl.None);

        Assert.False(replay.IsSame);
        Assert.Equal(0, replay.Difference?.Position);
    }

    [Fact]
    public void Histories_differ_at_the_first_event_that_is_not_the_same()
    {
        var one = History.Parse("0 invoke write 1\n0 ok write 1\n1 invoke read\n1 ok read [4, 7]\n");
        var other = History.Parse("0 invoke write 1\n0 ok write 1\n1 invoke read\n1 ok read [4]\n");

        Assert.Null(HistoryDifference.Between(one, one));
        Assert.Equal(
            new(3, 4_000_000, "process 1   ok read [4, 7]", "process 1   ok read [4]"),
            HistoryDifference.Between(one, other));
    }

    [Fact]
    public void A_history_that_ends_early_differs_where_it_ends()
    {
        var one = History.Parse("0 invoke write 1\n0 ok write 1\n1 invoke read\n");
        var other = History.Parse("0 invoke write 1\n0 ok write 1\n");

        Assert.Equal(
            new(2, 3_000_000, "process 1   invoke read", "(the history ends)"), HistoryDifference.Between(
                one, other));
    }

    [Theory]
    [InlineData("{", "expected JSON")]
    [InlineData("{}", "expected the result of a run")]
    [InlineData("""{"version":"1","historyHash":3}""", "expected the result of a run")]
    public void A_broken_result_is_a_mistake_of_the_user(string text, string told)
    {
        using var place = new TemporaryFolder();
        var path = place.Write("result.json", text);

        Assert.Contains(told, Assert.Throws<UserMistakeException>(
            () => RecordedRun.Read(path)).Message, StringComparison.Ordinal);
    }

    static RunFolder Recorded(TemporaryFolder place, long? stopAtEvent = null)
    {
        var request = RunRequest.Of(
            Designs.Own[0], TinyRegister.With(("forgetful", "true")), FaultChoice.Story, new(5));
        request = request with { Spec = request.Spec with { StopAtEvent = stopAtEvent } };
        var folder = RunFolder.Make(place.Path, request);
        folder.Write(Run.Execute(request, new SimulatedWorld(), RunControl.None), trace: null);
        return folder;
    }
}
