using System.Text;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Services.Tests.Determinism.Runtime;

/// <summary>Clusters in which somebody waits for ever.</summary>
public sealed class DeadlockTests
{
    [Fact]
    public void A_closed_world_is_invalid_and_says_who_waits_for_whom()
    {
        var answer = Stalls.Run<GatedStall>();

        Assert.Equal(Validity.Invalid, answer.Overall());
        var told = answer.Told()[0];
        Assert.StartsWith(
            "closed-world: nothing moves any more while 4 operations wait: client ", told,
            StringComparison.Ordinal);
        foreach (var word in new[]
                 {
                     " waits for stall-1: GET /; ", "stall-1 waits for stall-2: GET /inner?of=1; ",
                     "stall-2 waits for something of its own (at "
                         + "Steelyard.Services.Tests.Determinism.Runtime.GatedStall.Build"
                         + " in Deadlocks.cs:line ",
                 })
            Assert.True(
                told.Contains(word, StringComparison.Ordinal), $"expected \"{word}\", found \"{told}\"");
    }

    [Fact]
    public void Its_twin_is_valid()
    {
        var answer = Stalls.Run<UngatedStall>();

        Assert.Equal(Validity.Valid, answer.Overall());
        Assert.True(answer.World.History.Count > 20);
    }

    [Fact]
    public void A_world_that_still_ticks_is_not_closed_but_tells_who_is_not_answered()
    {
        var answer = Stalls.Run<TickingGatedStall>();
        var file = new MemoryStream();
        JsonlWriter.Write(file, answer.World.History);
        var history = Encoding.UTF8.GetString(file.ToArray());

        Assert.Collection(
            answer.Told(),
            few => Assert.StartsWith(
                "enough-succeeded: not decided: 0 of ", few, StringComparison.Ordinal),
            none => Assert.StartsWith(
                "something-tested: not decided: none of ", none, StringComparison.Ordinal));
        Assert.Equal(Validity.Unknown, answer.Overall());
        Assert.Contains("4 operations wait to the end: client ", history, StringComparison.Ordinal);
        Assert.Contains("stall-1 waits for stall-2: GET /inner?of=1", history, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_whose_start_never_ends_is_named() => Stalls.MustBeTold<UnstartedStall>(
        "host stall-1 never listened: its start had not ended when the run was over (at "
            + "Steelyard.Services.Tests.Determinism.Runtime.Stalls.Build in Stalls.cs:line ");
}
