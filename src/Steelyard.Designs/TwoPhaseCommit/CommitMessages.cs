using Steelyard.Designs.Requests;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.TwoPhaseCommit;

/// <summary>Write this down and promise to carry it out if told so.</summary>
/// <param name="Round">Which batch; rounds only grow.</param>
/// <param name="LastCommitted">The last round that was committed.</param>
/// <param name="Batch">The requests of the round, in order.</param>
sealed record Prepare(long Round, long LastCommitted, Request[] Batch) : Message
{
    public override int SizeBytes
    {
        get
        {
            var size = EnvelopeBytes + 20;
            foreach (var request in Batch)
                size += 16 + request.Command.SizeBytes;
            return size;
        }
    }
}

/// <summary>It is written down: the voter is in doubt until it hears the outcome.</summary>
sealed record Vote(long Round) : Message
{
    public override int SizeBytes => EnvelopeBytes + 8;
}

/// <summary>
/// What the coordinator decided so far: sent after every decision and as a heartbeat. It settles any round:
/// one at or below <paramref name="Begun"/> that is neither current nor committed was aborted.
/// </summary>
/// <param name="Begun">The latest round that was begun.</param>
/// <param name="Current">The round not decided yet; 0 is none.</param>
/// <param name="LastCommitted">The last round that was committed.</param>
sealed record Decisions(long Begun, long Current, long LastCommitted) : Message
{
    public override int SizeBytes => EnvelopeBytes + 24;
}

/// <summary>A participant's answer to a heartbeat.</summary>
sealed record Present : Message;
