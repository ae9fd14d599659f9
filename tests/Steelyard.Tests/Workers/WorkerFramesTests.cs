using System.Text;
using Steelyard.Workers;

namespace Steelyard.Tests.Workers;

public sealed class WorkerFramesTests
{
    [Fact]
    public void A_message_comes_back_as_it_was_written()
    {
        var pipe = new MemoryStream();
        WorkerFrames.Write(pipe, new WorkerJob("seed: 0x7"));
        WorkerFrames.WriteBytes(pipe, []);
        pipe.Position = 0;

        Assert.Equal(new WorkerJob("seed: 0x7"), WorkerFrames.Read<WorkerJob>(pipe));
        Assert.Empty(WorkerFrames.ReadBytes(pipe)!);
        Assert.Null(WorkerFrames.ReadBytes(pipe));
    }

    [Theory]
    [InlineData("warning: something\n")]
    [InlineData("ok\n")]
    public void What_has_no_mark_is_no_message(string printed) => Assert.Throws<InvalidDataException>(
        () => WorkerFrames.ReadBytes(new MemoryStream(Encoding.UTF8.GetBytes(printed))));

    [Fact]
    public void A_message_that_was_cut_off_is_none()
    {
        var pipe = new MemoryStream();
        WorkerFrames.Write(pipe, new WorkerJob("seed: 0x7"));
        foreach (var length in new[] { 4, 7, 8, (int)pipe.Length - 1 })
            Assert.Null(
                WorkerFrames.Read<WorkerJob>(new MemoryStream(pipe.ToArray()[..length])));
    }
}
