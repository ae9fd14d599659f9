using Steelyard.Files;
using Steelyard.Simulation;
using Steelyard.Workers;

namespace Steelyard.Tests.Workers;

public sealed class WorkerLoopTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Who_asked_may_go_before_the_last_answer_is_flushed()
    {
        using var answered = new ManualResetEventSlim();
        using var returned = new ManualResetEventSlim();
        using var requests = new OneRequest(RequestBytes(), answered);
        using var answers = new LateFlush(answered, returned);

        WorkerLoop.Run(new([new TinyRegister()]), new SimulatedWorld(), requests, answers);
        returned.Set();

        Assert.True(answers.IsFlushed.Wait(Patience));
        Assert.False(answers.WasClosedBefore);
    }

    static byte[] RequestBytes()
    {
        using var bytes = new MemoryStream();
        WorkerFrames.Write(
            bytes, new WorkerJob(ScenarioFile.Write(new() { Design = "tiny" }, folder: null)));
        return bytes.ToArray();
    }

    // Ends once its one request is answered.
    sealed class OneRequest(byte[] bytes, ManualResetEventSlim answered) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            if (Position == Length)
                answered.Wait(Patience);
            return base.Read(buffer);
        }
    }

    // The reply and the history are flushed one after the other; the second flush is late.
    sealed class LateFlush(ManualResetEventSlim answered, ManualResetEventSlim returned) : MemoryStream
    {
        int _flushes;

        public ManualResetEventSlim IsFlushed { get; } = new();

        public bool WasClosedBefore { get; private set; }

        public override void Flush()
        {
            if (++_flushes < 2)
                return;
            answered.Set();
            returned.Wait(Patience);
            WasClosedBefore = !CanWrite;
            IsFlushed.Set();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                IsFlushed.Dispose();
            base.Dispose(disposing);
        }
    }
}
