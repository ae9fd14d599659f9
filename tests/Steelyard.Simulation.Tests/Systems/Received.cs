using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Tests.Systems;

/// <summary>A numbered message nobody answers.</summary>
internal sealed record Note(int Number, int Bytes = 0) : Message
{
    public override int SizeBytes => EnvelopeBytes + Bytes;
}

/// <summary>Keeps what one receiver got, and when, in ms of its own clock since its world began.</summary>
internal sealed class Received
{
    readonly List<(int Number, double AtMs)> _notes = [];

    public IReadOnlyList<(int Number, double AtMs)> Notes => _notes;

    public IEnumerable<int> Numbers => _notes.Select(note => note.Number);

    /// <summary>n1 sends numbered notes to n2 at a steady pace; what n2 gets is kept here.</summary>
    public static Received Of(
        TimeSpan every, int count, Func<Scenario, Scenario>? change = null,
            params IReadOnlyList<Fault> faults)
    {
        var received = new Received();
        var scenario = TestRun.Of(
            2,
            world =>
            {
                if (world.Name == "n1")
                    SendNext(world, every, count, 1);
            },
            (world, _, message) => received.Keep(world, message));
        (change?.Invoke(scenario) ?? scenario).Under(faults);
        return received;
    }

    static void SendNext(INodeWorld world, TimeSpan every, int count, int number)
    {
        world.Send(world.Peers[0], new Note(number, 1000));
        if (number < count)
            world.SetTimer(every, () => SendNext(world, every, count, number + 1));
    }

    void Keep(INodeWorld world, Message message)
    {
        if (message is Note note && world.Name == "n2")
            _notes.Add((note.Number, (world.Clock.GetUtcNow() - Epoch).TotalMilliseconds));
    }

    static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
