using Benchmarks;

Dictionary<string, (string What, Action<Flags> Run)> benchmarks = new()
{
    ["tables"] = ("test metrics of default searches on real tables: [--sets letter,dna] [--seeds 1,2,3] [--seconds 120] [--strategy darts]", TableBenchmark.Run),
    ["text"] = ("test accuracy of searches on reviews beside logistic regression on bags of words: [--seeds 1] [--seconds 300] [--trials N] [--strategy darts] [--baseline yes]", TextBenchmark.Run),
    ["text-folds"] = ("cross-validation over the training reviews, of architectures and recipes: [--trials \"blocks=0,pool=mean;blocks=0,pool=mean,epochs=30\"] [--folds 5] [--networks 3] [--seed 1] [--threads 1]", TextFoldsBenchmark.Run),
    ["text-speed"] = ("processor time of an epoch on reviews, with and without batches of similar length, one thread: [--repeats 3] [--parts starts,supernet]", TextSpeedBenchmark.Run),
    ["text-step"] = ("processor time of a step of the DARTS search network on reviews, and peak memory: [--threads 1] [--steps, default an epoch]", TextStepBenchmark.Run),
    ["recurrent"] = ("forward and backward of GRU and LSTM layers in both directions beside LibTorch's, at the sizes of the text space: [--threads 1,2] [--steps 32,96] [--rounds 7]", RecurrentBenchmark.Run),
    ["strategies"] = ("strategies against random search at equal time, as a Markdown table: [--strategies all] [--seeds 5] [--seconds 30] [--data telco-churn,satellite,fashion-mnist] [--epochs 5] [--training-epochs 15] [--threads 1]", StrategyBenchmark.Run),
    ["nasbench201"] = ("strategies on NAS-Bench-201: [--runs 500] [--seconds 12000] [--strategies \"random;evolution, paper\"] [--data nb201.csv.gz]", NasBench201Benchmark.Run),
    ["studies"] = ("what recording costs a trial, and searches that are killed again and again: [--trials 1000] [--kills 50] [--strategies random,darts]", StudyBenchmark.Run),
    ["overhead"] = ("what strategies themselves cost: [--threads 2]", OverheadBenchmark.Run),
    ["spaces"] = ("random architectures of every space against what they say of themselves: [--architectures 200] [--spaces darts,text] [--threads 2]", SpaceBenchmark.Run),
    ["scoring"] = ("rows/s through Transform, single rows through PredictionEngine and ONNX Runtime: [--seconds 20]", ScoringBenchmark.Run),
    ["supernet"] = ("supernet steps/s beside the same step in PyTorch: [--threads 1,2]", SupernetBenchmark.Run),
    ["darts"] = ("steps of the DARTS search network for images beside PyTorch, and peak memory: [--threads 2] [--steps 5] [--rounds 3]", DartsBenchmark.Run),
    ["darts-gradients"] = ("gradients of the DARTS search network computed together, by single modules, and in double precision: [--channels 8] [--layers 5] [--steps 60] [--seed 1] [--threads 2]", DartsGradientBenchmark.Run),
    ["convolutions"] = ("the forms of convolutions beside each other, in networks and alone, forward and backward: [--parts networks,forms] [--threads 1] [--batch 64] [--repeats 7]", ConvolutionBenchmark.Run),
    ["precision"] = ("training steps in float32, bfloat16 and, on a GPU, float16, in turns: [--device cuda] [--threads 1] [--channels 16] [--batch 16] [--steps 2] [--rounds 5]", PrecisionBenchmark.Run),
    ["zerocost"] = ("zero-cost proxies against CIFAR-10 accuracy on 724 cells of NAS-Bench-201: [--proxies synflow,zen,parameters,macs] [--cells 724] [--repeats 4]", ZeroCostBenchmark.Run),
    ["memory"] = ("peak memory of a search on diamonds: [--seconds 60]", MemoryBenchmark.Run),
    ["report"] = ("the report of a search of many short trials, looked at with Chromium: [--trials 1000] [--strategy reinforce] [--out out/report] [--search no] [--gallery yes]", ReportBenchmark.Run),
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.WriteLine("usage: Benchmarks NAME [--flag value]");
    foreach (var (name, (what, _)) in benchmarks) Console.WriteLine($"  {name,-16}{what}");
    return 2;
}
benchmark.Run(new Flags(args[1..]));
return 0;
