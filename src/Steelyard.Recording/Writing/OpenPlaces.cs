using System.Runtime.InteropServices;
using Steelyard.Histories;

namespace Steelyard.Recording.Writing;

/// <summary>The operations that are open, in places that are used again; a number tells whose turn a place
/// has. The recorder's lock guards it.</summary>
internal sealed class OpenPlaces
{
    const int FirstRoom = 64;

    Place[] _places = new Place[FirstRoom];
    readonly Stack<int> _free = new();
    readonly Stack<int> _rested = new();
    int _used;
    int _processes;

    /// <summary>Opens an operation.</summary>
    /// <returns>Its place, which turn that is, and its process.</returns>
    /// <exception cref="UserMistakeException">The client has one open.</exception>
    public (int Place, int Turn, int Process) Open(string function, Value key, RecordedClient? client)
    {
        if (client is { OpenFunction: { } open })
            throw new UserMistakeException(
                $"a client invokes {function} while its {open} is still open; a client has one operation at a"
                + " time");
        var at = _free.TryPop(out var freed) ? freed : NextPlace();
        ref var place = ref _places[at];
        place.Function = function;
        place.Key = key;
        place.Client = client;
        place.Process = ProcessOf(client);
        place.IsOpen = true;
        if (client is not null)
            (client.Process, client.OpenFunction) = (place.Process, function);
        return (at, place.Turn, place.Process);
    }

    /// <summary>Whether an operation is open.</summary>
    public bool IsOpen(int place, int turn) => _places[place].IsOpen && _places[place].Turn == turn;

    /// <summary>Ends an operation that is open; what is known of it is taken over into the event.</summary>
    public void Close(int at, Outcome outcome, ref RecordedEvent into)
    {
        ref var place = ref _places[at];
        (into.Function, into.Key, into.Process) = (place.Function, place.Key, place.Process);
        // After an info the process is retired, and its client goes on as another.
        if (place.Client is { } client)
            (client.Process, client.OpenFunction) = (outcome == Outcome.Info ? null : place.Process, null);
        else if (outcome != Outcome.Info)
            _rested.Push(place.Process);
        place = new() { Function = "", Turn = place.Turn + 1 };
        _free.Push(at);
    }

    int ProcessOf(RecordedClient? client)
    {
        if (client is not null)
            return client.Process ?? _processes++;
        return _rested.TryPop(out var rested) ? rested : _processes++;
    }

    int NextPlace()
    {
        if (_used == _places.Length)
            Array.Resize(ref _places, _used * 2);
        return _used++;
    }

    [StructLayout(LayoutKind.Auto)]
    struct Place
    {
        public Value Key;
        public string Function;
        public RecordedClient? Client;
        public int Process;
        public int Turn;
        public bool IsOpen;
    }
}
