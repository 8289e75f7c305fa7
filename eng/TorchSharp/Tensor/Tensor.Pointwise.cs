namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor abs() => Make(Native.ts_abs(Handle));

        public Tensor abs_() => Self(Native.ts_abs_(Handle));

        public Tensor acos() => Make(Native.ts_acos(Handle));

        public Tensor acos_() => Self(Native.ts_acos_(Handle));

        public Tensor acosh() => Make(Native.ts_acosh(Handle));

        public Tensor acosh_() => Self(Native.ts_acosh_(Handle));

        public Tensor asin() => Make(Native.ts_asin(Handle));

        public Tensor asin_() => Self(Native.ts_asin_(Handle));

        public Tensor asinh() => Make(Native.ts_asinh(Handle));

        public Tensor asinh_() => Self(Native.ts_asinh_(Handle));

        public Tensor atan() => Make(Native.ts_atan(Handle));

        public Tensor atan_() => Self(Native.ts_atan_(Handle));

        public Tensor atanh() => Make(Native.ts_atanh(Handle));

        public Tensor atanh_() => Self(Native.ts_atanh_(Handle));

        public Tensor ceil() => Make(Native.ts_ceil(Handle));

        public Tensor ceil_() => Self(Native.ts_ceil_(Handle));

        public Tensor cos() => Make(Native.ts_cos(Handle));

        public Tensor cos_() => Self(Native.ts_cos_(Handle));

        public Tensor cosh() => Make(Native.ts_cosh(Handle));

        public Tensor cosh_() => Self(Native.ts_cosh_(Handle));

        public Tensor deg2rad() => Make(Native.ts_deg2rad(Handle));

        public Tensor deg2rad_() => Self(Native.ts_deg2rad_(Handle));

        public Tensor digamma() => Make(Native.ts_digamma(Handle));

        public Tensor digamma_() => Self(Native.ts_digamma_(Handle));

        public Tensor erf() => Make(Native.ts_erf(Handle));

        public Tensor erf_() => Self(Native.ts_erf_(Handle));

        public Tensor erfc() => Make(Native.ts_erfc(Handle));

        public Tensor erfc_() => Self(Native.ts_erfc_(Handle));

        public Tensor erfinv() => Make(Native.ts_erfinv(Handle));

        public Tensor erfinv_() => Self(Native.ts_erfinv_(Handle));

        public Tensor exp() => Make(Native.ts_exp(Handle));

        public Tensor exp_() => Self(Native.ts_exp_(Handle));

        public Tensor exp2() => Make(Native.ts_exp2(Handle));

        public Tensor exp2_() => Self(Native.ts_exp2_(Handle));

        public Tensor expm1() => Make(Native.ts_expm1(Handle));

        public Tensor expm1_() => Self(Native.ts_expm1_(Handle));

        public Tensor floor() => Make(Native.ts_floor(Handle));

        public Tensor floor_() => Self(Native.ts_floor_(Handle));

        public Tensor frac() => Make(Native.ts_frac(Handle));

        public Tensor frac_() => Self(Native.ts_frac_(Handle));

        public Tensor lgamma() => Make(Native.ts_lgamma(Handle));

        public Tensor lgamma_() => Self(Native.ts_lgamma_(Handle));

        public Tensor log() => Make(Native.ts_log(Handle));

        public Tensor log_() => Self(Native.ts_log_(Handle));

        public Tensor log10() => Make(Native.ts_log10(Handle));

        public Tensor log10_() => Self(Native.ts_log10_(Handle));

        public Tensor log1p() => Make(Native.ts_log1p(Handle));

        public Tensor log1p_() => Self(Native.ts_log1p_(Handle));

        public Tensor log2() => Make(Native.ts_log2(Handle));

        public Tensor log2_() => Self(Native.ts_log2_(Handle));

        public Tensor logical_not() => Make(Native.ts_logical_not(Handle));

        public Tensor logical_not_() => Self(Native.ts_logical_not_(Handle));

        public Tensor bitwise_not() => Make(Native.ts_bitwise_not(Handle));

        public Tensor bitwise_not_() => Self(Native.ts_bitwise_not_(Handle));

        public Tensor neg() => Make(Native.ts_neg(Handle));

        public Tensor neg_() => Self(Native.ts_neg_(Handle));

        public Tensor rad2deg() => Make(Native.ts_rad2deg(Handle));

        public Tensor rad2deg_() => Self(Native.ts_rad2deg_(Handle));

        public Tensor reciprocal() => Make(Native.ts_reciprocal(Handle));

        public Tensor reciprocal_() => Self(Native.ts_reciprocal_(Handle));

        public Tensor rsqrt() => Make(Native.ts_rsqrt(Handle));

        public Tensor rsqrt_() => Self(Native.ts_rsqrt_(Handle));

        public Tensor sign() => Make(Native.ts_sign(Handle));

        public Tensor sign_() => Self(Native.ts_sign_(Handle));

        public Tensor sgn() => Make(Native.ts_sgn(Handle));

        public Tensor sgn_() => Self(Native.ts_sgn_(Handle));

        public Tensor sin() => Make(Native.ts_sin(Handle));

        public Tensor sin_() => Self(Native.ts_sin_(Handle));

        public Tensor sinc() => Make(Native.ts_sinc(Handle));

        public Tensor sinc_() => Self(Native.ts_sinc_(Handle));

        public Tensor sinh() => Make(Native.ts_sinh(Handle));

        public Tensor sinh_() => Self(Native.ts_sinh_(Handle));

        public Tensor sqrt() => Make(Native.ts_sqrt(Handle));

        public Tensor sqrt_() => Self(Native.ts_sqrt_(Handle));

        public Tensor tan() => Make(Native.ts_tan(Handle));

        public Tensor tan_() => Self(Native.ts_tan_(Handle));

        public Tensor tanh() => Make(Native.ts_tanh(Handle));

        public Tensor tanh_() => Self(Native.ts_tanh_(Handle));

        public Tensor trunc() => Make(Native.ts_trunc(Handle));

        public Tensor trunc_() => Self(Native.ts_trunc_(Handle));

        public Tensor square() => Make(Native.ts_square(Handle));

        public Tensor isnan() => Make(Native.ts_isnan(Handle));

        public Tensor isinf() => Make(Native.ts_isinf(Handle));

        public Tensor isfinite() => Make(Native.ts_isfinite(Handle));

        public Tensor isposinf() => Make(Native.ts_isposinf(Handle));

        public Tensor isneginf() => Make(Native.ts_isneginf(Handle));

        public Tensor signbit() => Make(Native.ts_signbit(Handle));

        public Tensor absolute() => abs();

        public Tensor negative() => neg();

        public Tensor round(long decimals = 0) => Make(Native.ts_round(Handle, decimals));

        public Tensor round_(long decimals = 0) => Self(Native.ts_round_(Handle, decimals));

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Make(Native.ts_nan_to_num(Handle, nan, NativeScalar.From(posinf), NativeScalar.From(neginf)));

        public Tensor logit(double? eps = null) => Make(Native.ts_logit(Handle, NativeScalar.From(eps)));

        public Tensor zero_() => Self(Native.ts_zero_(Handle));

        public Tensor fill_(Scalar value) => Self(Native.ts_fill_(Handle, value));
    }
}
