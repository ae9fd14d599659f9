using System.Diagnostics;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>
/// One directed link between two network namespaces, made late: whatever comes from the one is handed over by
/// the kernel of the other, packet by packet, and goes on when it is due. So it needs nothing of the kernel
/// but NFQUEUE, where netem is often missing.
/// </summary>
internal sealed class PacketLine
{
    // A thread that waits longer would be late to hear of the end.
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    readonly LinkPace _pace = new();
    readonly Queue<(uint Packet, long DueAt)> _held = [];
    readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Thread _thread;
    volatile bool _isOver;

    /// <summary>Begins; packets may be sent into the queue when it returns.</summary>
    /// <param name="space">The file of the namespace in which they arrive.</param>
    /// <param name="queue">The number of their queue there.</param>
    /// <exception cref="LiveException">The kernel hands nothing over.</exception>
    public PacketLine(string space, ushort queue)
    {
        _thread = new(() => Carry(space, queue)) { IsBackground = true, Name = "a late link" };
        _thread.Start();
        _ready.Task.GetAwaiter().GetResult();
    }

    /// <summary>Whether nothing makes it late any more.</summary>
    public bool IsUsual => _pace.IsUsual;

    /// <summary>Makes whatever comes from now on late.</summary>
    public void Worsen(LinkTrouble trouble, EffectMark effect) => _pace.Worsen(trouble, effect);

    /// <summary>Ends what was begun with this mark.</summary>
    public void Better(EffectMark effect) => _pace.Better(effect);

    /// <summary>Lets go of all that is held, and ends; nothing is sent into the queue any more.</summary>
    public void End()
    {
        _isOver = true;
        _thread.Join();
    }

    void Carry(string space, ushort number)
    {
        PacketQueue queue;
        try
        {
            NetworkNamespace.Enter(space);
            queue = new(number);
        }
        catch (LiveException refused)
        {
            _ready.SetException(refused);
            return;
        }

        using (queue)
        {
            _ready.SetResult();
            while (!_isOver)
            {
                queue.Wait(UntilNext());
                Take(queue);
                LetGo(queue, Stopwatch.GetTimestamp());
            }

            Take(queue);
            LetGo(queue, long.MaxValue);
        }
    }

    void Take(PacketQueue queue) =>
        queue.Take((packet, bytes) => _held.Enqueue((packet, _pace.DueAt(bytes))));

    void LetGo(PacketQueue queue, long dueBy)
    {
        while (_held.TryPeek(out var next) && next.DueAt <= dueBy)
            queue.Accept(_held.Dequeue().Packet);
    }

    TimeSpan UntilNext()
    {
        if (!_held.TryPeek(out var next))
            return s_look;
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next.DueAt);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < s_look ? left : s_look;
    }
}
