using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Tests.Stores;

public sealed class SessionMachineTests
{
    static readonly Command Append = new(Functions.Append, "k", "a");
    static readonly Command Get = new(Functions.Get, "k", Value.Nil);

    [Fact]
    public void A_retry_is_answered_and_not_applied_again()
    {
        var machine = new SessionMachine(new TextMap());
        machine.Apply(new(1, 1), Append);
        machine.Apply(new(1, 1), Append);
        Assert.Equal("a", machine.Read(Get).Output);
    }

    [Fact]
    public void Without_the_table_a_retry_is_applied_again()
    {
        var machine = new SessionMachine(new TextMap(), dedup: false);
        machine.Apply(new(1, 1), Append);
        machine.Apply(new(1, 1), Append);
        Assert.Equal("aa", machine.Read(Get).Output);
    }

    [Fact]
    public void A_snapshot_carries_the_sessions()
    {
        var machine = new SessionMachine(new TextMap());
        machine.Apply(new(1, 1), Append);
        var restored = new SessionMachine(new TextMap());
        restored.Restore(machine.Snapshot());
        restored.Apply(new(1, 1), Append);
        Assert.Equal("a", restored.Read(Get).Output);
    }

    [Fact]
    public void A_compare_that_did_not_match_fails_again_in_its_retry_even_when_it_would_match_by_then()
    {
        var machine = new SessionMachine(new Registers());
        var compare = new Command(Functions.Cas, "x", Value.List(1, 2));
        Assert.Equal(Outcome.Fail, machine.Apply(new(1, 1), compare).Outcome);
        machine.Apply(new(2, 1), new(Functions.Write, "x", 1));
        Assert.Equal(Outcome.Fail, machine.Apply(new(1, 1), compare).Outcome);
        Assert.Equal(1, machine.Read(new(Functions.Read, "x", Value.Nil)).Output);
    }

    [Fact]
    public void A_compare_that_did_not_match_fails_again_after_a_snapshot()
    {
        var machine = new SessionMachine(new Registers());
        var compare = new Command(Functions.Cas, "x", Value.List(1, 2));
        machine.Apply(new(1, 1), compare);
        machine.Apply(new(2, 1), new(Functions.Write, "x", 1));
        var restored = new SessionMachine(new Registers());
        restored.Restore(machine.Snapshot());
        Assert.Equal(Outcome.Fail, restored.Apply(new(1, 1), compare).Outcome);
        Assert.Equal(Outcome.Ok, restored.Apply(new(2, 1), new(Functions.Write, "x", 1)).Outcome);
        Assert.Equal(1, restored.Read(new(Functions.Read, "x", Value.Nil)).Output);
    }
}
